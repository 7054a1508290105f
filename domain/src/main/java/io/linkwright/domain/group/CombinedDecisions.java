package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupCommand.Combinable;
import io.linkwright.domain.group.Rejection.ItemRejection;
import java.util.List;
import java.util.Optional;

/**
 * Decides several commands as one, all or nothing: each on the group as those before it leave it.
 * The first refusal refuses all of them, and says which step it is.
 */
final class CombinedDecisions {
  private static final String STEPS = "steps";

  private CombinedDecisions() {}

  static Decision decide(EventSequence sequence, GroupCommand.ChangeContents command) {
    List<Combinable> steps = command.steps();
    if (steps.size() > Limits.MAX_STEPS) {
      return new Refused(
          tooLarge(
              "there are %d steps, and one command may have %d: send them in parts"
                  .formatted(steps.size(), Limits.MAX_STEPS)));
    }
    for (int index = 0; index < steps.size(); index++) {
      if (Decider.decide(steps.get(index), sequence) instanceof Refused(Rejection rejection)) {
        return new Refused(ofStep(index, rejection));
      }
      if (sequence.cost() > Limits.MAX_EVENTS_PER_COMMAND) {
        return new Refused(
            tooLarge(
                "the steps up to steps[%d] make %d changes of members and links, and one command "
                        .formatted(index, sequence.cost())
                    + "may make %d: send them in parts".formatted(Limits.MAX_EVENTS_PER_COMMAND)));
      }
    }
    return sequence.accepted();
  }

  /** Whoever sends steps in parts instead knows it by the field: it is no single step's fault. */
  private static Rejection tooLarge(String detail) {
    return Rejection.ofField(RejectionCode.LIMIT_EXCEEDED, STEPS, detail);
  }

  private static Rejection ofStep(int index, Rejection rejection) {
    String step = "%s[%d]".formatted(STEPS, index);
    List<ItemRejection> items =
        rejection.items().stream()
            .map(item -> new ItemRejection(item.code(), item.detail(), step + "." + item.field()))
            .toList();
    String field = rejection.field().map(name -> step + "." + name).orElse(step);
    String detail =
        rejection.items().stream()
            .findFirst()
            .map(item -> item.field() + ": " + item.detail())
            .orElse(rejection.detail());
    return new Rejection(
        rejection.code(),
        "nothing was changed, because %s cannot be done: %s".formatted(step, detail),
        Optional.of(field),
        items);
  }
}
