package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupState.Absent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import java.util.Optional;

/**
 * Decides what a command does to a group. Pure and total: the same state and envelope give the same
 * answer, and every refusal is a value. What it costs follows from the events it gives, never from
 * the size of the group.
 */
public final class Decider {
  private Decider() {}

  /**
   * The events that follow, with dense revisions from the state's on, or the refusal. An unknown
   * group is refused before a wrong revision, and that before anything else.
   *
   * @throws IllegalArgumentException if the command is addressed to another group than the state's
   */
  public static Decision decide(GroupState state, CommandEnvelope envelope) {
    return decide(FoldedGroup.of(state), envelope);
  }

  /**
   * The same for a group that may be damaged: it takes a recovery and nothing else.
   *
   * @throws IllegalArgumentException if the command is addressed to another group
   */
  public static Decision decide(FoldedGroup folded, CommandEnvelope envelope) {
    GroupState state = folded.state();
    GroupCommand command = envelope.command();
    if (!command.group().equals(state.id())) {
      throw new IllegalArgumentException(
          "a command for %s cannot be decided on %s".formatted(command.group(), state.id()));
    }
    boolean recovers = command instanceof GroupCommand.RecoverGroup;
    if (folded.damage().isPresent() && !recovers) {
      return new Refused(Rejections.groupDamaged(state.id(), folded.damage().get()));
    }
    if (state instanceof Absent && !creates(command) && !isRecoverable(folded, command)) {
      return new Refused(Rejections.unknownGroup(state.id()));
    }
    Optional<Rejection> stale = Rejections.ofRevision(state, envelope.expectedRevision());
    if (stale.isPresent()) {
      return new Refused(stale.get());
    }
    return decide(command, state, new EventSequence(folded, envelope));
  }

  private static boolean creates(GroupCommand command) {
    return command instanceof GroupCommand.CreateGroup
        || (command instanceof GroupCommand.ChangeContents change && change.creates());
  }

  /** A group that is not there can be damaged, or have been further than the log tells. */
  private static boolean isRecoverable(FoldedGroup folded, GroupCommand command) {
    return command instanceof GroupCommand.RecoverGroup recover
        && (folded.damage().isPresent() || recover.aboveRevision() > folded.state().revision());
  }

  private static Decision decide(GroupCommand command, GroupState state, EventSequence sequence) {
    return switch (command) {
      case GroupCommand.Combinable step -> decide(step, sequence);
      case GroupCommand.ChangeContents change -> CombinedDecisions.decide(sequence, change);
      case GroupCommand.DeleteGroup _ -> GroupDecisions.delete(sequence);
      case GroupCommand.RecoverGroup recover -> RecoveryDecisions.recover(sequence, state, recover);
      case GroupCommand.EnrollMember enroll -> EnrollmentDecisions.enroll(sequence, enroll);
      case GroupCommand.RenewKeys renew -> LinkDecisions.renew(sequence, renew);
    };
  }

  /** Decides a command that may be one of several, on what the sequence has come to. */
  static Decision decide(GroupCommand.Combinable command, EventSequence sequence) {
    return switch (command) {
      case GroupCommand.CreateGroup(GroupSettings settings) ->
          GroupDecisions.create(sequence, settings);
      case GroupCommand.ChangeGroup change -> GroupDecisions.change(sequence, change);
      case GroupCommand.AddMember add -> MemberDecisions.add(sequence, add);
      case GroupCommand.ChangeMember(_, EdgeId edge, MemberChange change) ->
          MemberDecisions.change(sequence, edge, change);
      case GroupCommand.RemoveMember(_, EdgeId edge) -> MemberDecisions.remove(sequence, edge);
      case GroupCommand.InviteMember(_, EdgeId edge, Invitation invitation) ->
          EnrollmentDecisions.invite(sequence, edge, invitation);
      case GroupCommand.RevokeMember revoke -> EnrollmentDecisions.revoke(sequence, revoke);
      case GroupCommand.AddLink(_, EdgePair pair) -> LinkDecisions.add(sequence, pair);
      case GroupCommand.RemoveLink(_, LinkId link) -> LinkDecisions.remove(sequence, link);
      case GroupCommand.ChangeLinks batch -> LinkBatch.decide(sequence, batch);
      case GroupCommand.RekeyLink(_, LinkId link) -> LinkDecisions.rekey(sequence, link);
      case GroupCommand.RekeyMember(_, EdgeId edge) -> LinkDecisions.rekeyAll(sequence, edge);
    };
  }
}
