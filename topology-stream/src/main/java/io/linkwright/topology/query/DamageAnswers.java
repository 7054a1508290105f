package io.linkwright.topology.query;

import io.linkwright.domain.group.RejectionCode;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.httpapi.answer.DamageAnswer;
import io.linkwright.topology.view.Damage;

/** Why a group stands still, as answers show it. */
final class DamageAnswers {
  private DamageAnswers() {}

  static DamageAnswer damage(Damage damage) {
    return new DamageAnswer(
        damage.partition(), damage.offset(), damage.revision(), damage.reason());
  }

  /** 503: what is asked for cannot come before the group has been recovered. */
  static ProblemException problem(Damage damage) {
    return new ProblemException(Problem.of(503, RejectionCode.GROUP_DAMAGED.name(), text(damage)));
  }

  static String text(Damage damage) {
    return "The log of this group cannot be followed beyond partition %d, offset %d: %s. See linkwright recover."
        .formatted(damage.partition(), damage.offset(), damage.reason());
  }
}
