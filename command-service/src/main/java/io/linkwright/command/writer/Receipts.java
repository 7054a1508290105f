package io.linkwright.command.writer;

import io.linkwright.command.writer.Receipt.Invitee;
import io.linkwright.command.writer.Receipt.LinkChanges;
import io.linkwright.command.writer.Receipt.Recipients;
import io.linkwright.command.writer.Receipt.Subject;
import io.linkwright.domain.group.CommandDigest;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.Member;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes receipts, of a command's events or of a state in which there was nothing to do. */
final class Receipts {
  private Receipts() {}

  /**
   * The receipt of one command's events, of which there is at least one. The group outranks its
   * members and these their links: a deletion of a group is about the group, not about the links
   * that had to go first. The events do not tell one command from several in one, so that links and
   * recipients are kept wherever the latter may have to name them.
   */
  static Receipt ofEvents(List<RecordedEvent> events) {
    Subject subject = new Subject.Links();
    Set<LinkId> added = new LinkedHashSet<>();
    Set<LinkId> changed = new LinkedHashSet<>();
    Set<LinkId> removed = new LinkedHashSet<>();
    for (RecordedEvent event : events) {
      subject = higher(subject, subjectOf(event.payload()));
      switch (event.payload()) {
        case GroupEvent.LinkAdded(LinkConfiguration link) -> added.add(link.id());
        case GroupEvent.LinkChanged(LinkConfiguration link) -> changed.add(link.id());
        case GroupEvent.LinkSuspended(LinkConfiguration link) -> changed.add(link.id());
        case GroupEvent.LinkRemoved(LinkId link) -> removed.add(link);
        case GroupEvent.GroupCreated _,
            GroupEvent.GroupChanged _,
            GroupEvent.GroupDeleted _,
            GroupEvent.GroupRecovered _,
            GroupEvent.MemberAdded _,
            GroupEvent.MemberChanged _,
            GroupEvent.MemberRevoked _,
            GroupEvent.MemberRemoved _ -> {}
      }
    }
    if (subject instanceof Subject.GroupRecovered(long lastRevision, _, _)) {
      int members = events.size() - 1 - changed.size();
      subject = new Subject.GroupRecovered(lastRevision, members, changed.size());
    }
    long revision = events.getLast().revision();
    Instant at = events.getLast().occurredAt();
    Optional<CommandDigest> digest = events.getFirst().commandDigest();
    return isAboutAWholeGroup(subject)
        ? new Receipt(revision, at, digest, subject, LinkChanges.NONE, Recipients.NONE, List.of())
        : new Receipt(
            revision,
            at,
            digest,
            subject,
            new LinkChanges(List.copyOf(added), List.copyOf(changed), List.copyOf(removed)),
            Recipients.of(events),
            inviteesOf(events));
  }

  /** Its answer lists no links and no edges, and it is never one of several. */
  private static boolean isAboutAWholeGroup(Subject subject) {
    return subject instanceof Subject.GroupDeleted || subject instanceof Subject.GroupRecovered;
  }

  private static List<Invitee> inviteesOf(List<RecordedEvent> events) {
    Map<EdgeId, Invitee> invitees = new LinkedHashMap<>();
    for (RecordedEvent event : events) {
      switch (event.payload()) {
        case GroupEvent.MemberAdded(Member member) -> putInvitee(invitees, member);
        case GroupEvent.MemberChanged(Member member) -> putInvitee(invitees, member);
        case GroupEvent.MemberRevoked(Member member, _) -> putInvitee(invitees, member);
        case GroupEvent.MemberRemoved(EdgeId edge) -> invitees.remove(edge);
        case GroupEvent.GroupCreated _,
            GroupEvent.GroupChanged _,
            GroupEvent.GroupDeleted _,
            GroupEvent.GroupRecovered _,
            GroupEvent.LinkAdded _,
            GroupEvent.LinkChanged _,
            GroupEvent.LinkSuspended _,
            GroupEvent.LinkRemoved _ -> {}
      }
    }
    return List.copyOf(invitees.values());
  }

  private static void putInvitee(Map<EdgeId, Invitee> invitees, Member member) {
    if (member.enrollment().orElse(null) instanceof Enrollment.Invited invited) {
      invitees.put(member.edge(), new Invitee(member.edge(), invited));
    } else {
      invitees.remove(member.edge());
    }
  }

  /** The receipt of a command that found everything as it asks. */
  static Receipt unchanged(GroupState.Active group, GroupCommand command, Instant at) {
    Subject subject =
        switch (command) {
          case GroupCommand.CreateGroup _, GroupCommand.ChangeGroup _ ->
              new Subject.GroupChanged(group.settings());
          case GroupCommand.DeleteGroup _ -> new Subject.GroupDeleted();
          case GroupCommand.RecoverGroup _ ->
              throw new IllegalStateException("a recovery is never without events");
          case GroupCommand.AddMember add -> memberOf(group, add.member().edge());
          case GroupCommand.ChangeMember(_, EdgeId edge, _) -> memberOf(group, edge);
          case GroupCommand.InviteMember(_, EdgeId edge, _) -> memberOf(group, edge);
          case GroupCommand.EnrollMember enroll -> memberOf(group, enroll.edge());
          case GroupCommand.RevokeMember revoke -> memberOf(group, revoke.edge());
          case GroupCommand.RemoveMember(_, EdgeId edge) -> new Subject.MemberRemoved(edge);
          case GroupCommand.AddLink _,
              GroupCommand.RemoveLink _,
              GroupCommand.ChangeLinks _,
              GroupCommand.RekeyLink _,
              GroupCommand.RekeyMember _,
              GroupCommand.RenewKeys _,
              GroupCommand.ChangeContents _ ->
              new Subject.Links();
        };
    return new Receipt(
        group.revision(),
        at,
        Optional.of(CommandDigest.of(command)),
        subject,
        LinkChanges.NONE,
        Recipients.NONE,
        List.of());
  }

  private static Subject memberOf(GroupState.Active group, EdgeId edge) {
    return new Subject.MemberChanged(group.member(edge).orElseThrow());
  }

  private static final int GROUP_RANK = 2;

  private static Subject higher(Subject one, Subject other) {
    return rank(other) >= rank(one) ? other : one;
  }

  private static int rank(Subject subject) {
    return switch (subject) {
      case Subject.GroupCreated _,
          Subject.GroupChanged _,
          Subject.GroupDeleted _,
          Subject.GroupRecovered _ ->
          GROUP_RANK;
      case Subject.MemberAdded _,
          Subject.MemberChanged _,
          Subject.MemberRevoked _,
          Subject.MemberRemoved _ ->
          1;
      case Subject.Links _ -> 0;
    };
  }

  private static Subject subjectOf(GroupEvent event) {
    return switch (event) {
      case GroupEvent.GroupCreated(GroupSettings settings) -> new Subject.GroupCreated(settings);
      case GroupEvent.GroupChanged(GroupSettings settings) -> new Subject.GroupChanged(settings);
      case GroupEvent.GroupDeleted() -> new Subject.GroupDeleted();
      case GroupEvent.GroupRecovered(long lastRevision) ->
          new Subject.GroupRecovered(lastRevision, 0, 0);
      case GroupEvent.MemberAdded(Member member) -> new Subject.MemberAdded(member);
      case GroupEvent.MemberChanged(Member member) -> new Subject.MemberChanged(member);
      case GroupEvent.MemberRevoked(Member member, List<String> keyFingerprints) ->
          new Subject.MemberRevoked(member, keyFingerprints);
      case GroupEvent.MemberRemoved(EdgeId edge) -> new Subject.MemberRemoved(edge);
      case GroupEvent.LinkAdded _,
          GroupEvent.LinkChanged _,
          GroupEvent.LinkSuspended _,
          GroupEvent.LinkRemoved _ ->
          new Subject.Links();
    };
  }
}
