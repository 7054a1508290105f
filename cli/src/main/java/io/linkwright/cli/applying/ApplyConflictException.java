package io.linkwright.cli.applying;

import io.linkwright.domain.id.GroupId;

/** Somebody else changes the group too; the message says how far it came and what to do. */
public final class ApplyConflictException extends Exception {
  private ApplyConflictException(String message) {
    super(message);
  }

  static ApplyConflictException other(GroupPlan shown, GroupPlan next) {
    return new ApplyConflictException(
        """
        somebody else has changed group '%s' meanwhile: %d of %d steps are left, and not all of \
        them were in the plan
        What was done stays. `linkwright events %s` says who did what; apply again to see what is \
        left.\
        """
            .formatted(shown.group(), next.steps().size(), shown.steps().size(), shown.group()));
  }

  static ApplyConflictException restless(GroupId group) {
    return new ApplyConflictException(
        "group '%s' keeps changing while the file is applied: apply it again when it is quieter"
            .formatted(group));
  }
}
