package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.http.Json;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.topology.view.Damage;

/** Why a group stands still, as answers show it. */
final class DamageJson {
  /** Code of the notice, and of the problem where there is nothing to show. */
  static final String CODE = "GROUP_DAMAGED";

  private DamageJson() {}

  static ObjectNode of(Damage damage) {
    return Json.mapper()
        .createObjectNode()
        .put("partition", damage.partition())
        .put("offset", damage.offset())
        .put("revision", damage.revision())
        .put("reason", damage.reason());
  }

  /** 503: what is asked for cannot come before the group has been recovered. */
  static ProblemException problem(Damage damage) {
    return new ProblemException(Problem.of(503, CODE, text(damage)));
  }

  static String text(Damage damage) {
    return "The log of this group cannot be followed beyond partition %d, offset %d: %s. See linkwright recover."
        .formatted(damage.partition(), damage.offset(), damage.reason());
  }
}
