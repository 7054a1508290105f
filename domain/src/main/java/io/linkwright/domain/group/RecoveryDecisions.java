package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupCommand.RecoverGroup;
import io.linkwright.domain.group.GroupState.Absent;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.link.LinkConfiguration;
import java.util.Optional;

/** Decides how a group comes back to life whose log is damaged, or behind what edges hold. */
final class RecoveryDecisions {
  private RecoveryDecisions() {}

  /** Everything is configured anew, so that it stands above whatever an edge may hold. */
  static Decision recover(EventSequence sequence, GroupState state, RecoverGroup command) {
    if (command.aboveRevision() > Limits.MAX_RECOVERY_REVISION) {
      return new Refused(
          Rejection.ofField(
              RejectionCode.LIMIT_EXCEEDED,
              "aboveRevision",
              "%d is above what a group may be recovered to, %d: name the highest revision that an"
                      .formatted(command.aboveRevision(), Limits.MAX_RECOVERY_REVISION)
                  + " edge of the group holds"));
    }
    return switch (state) {
      case Absent _ -> {
        // Nothing is left to configure, but a new group of the name goes on above all that was.
        sequence.recover(command.aboveRevision());
        yield sequence.accepted();
      }
      case Active group -> recover(sequence, group, command);
    };
  }

  private static Decision recover(EventSequence sequence, Active group, RecoverGroup command) {
    long configured =
        group.members().filter(member -> member.keys().isPresent()).count()
            + group.links().filter(LinkConfiguration::isConfigurable).count();
    Optional<Rejection> tooLarge =
        Rejections.rejectEventCount(1 + configured, "export the group, and make it anew in parts");
    if (tooLarge.isPresent()) {
      return new Refused(tooLarge.get());
    }
    sequence.recover(command.aboveRevision());
    group
        .members()
        .filter(member -> member.keys().isPresent())
        .forEach(member -> sequence.append(new GroupEvent.MemberChanged(member)));
    group.links().forEach(sequence::refreshLink);
    return sequence.accepted();
  }
}
