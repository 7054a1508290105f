package io.linkwright.httpapi.answer;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupEvent.GroupChanged;
import io.linkwright.domain.group.GroupEvent.GroupCreated;
import io.linkwright.domain.group.GroupEvent.GroupDeleted;
import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.GroupEvent.LinkAdded;
import io.linkwright.domain.group.GroupEvent.LinkChanged;
import io.linkwright.domain.group.GroupEvent.LinkRemoved;
import io.linkwright.domain.group.GroupEvent.LinkSuspended;
import io.linkwright.domain.group.GroupEvent.MemberAdded;
import io.linkwright.domain.group.GroupEvent.MemberChanged;
import io.linkwright.domain.group.GroupEvent.MemberRemoved;
import io.linkwright.domain.group.GroupEvent.MemberRevoked;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;

/** What an event of the log is about. */
public sealed interface EventSubject {

  /**
   * The group itself, or what we do not know.
   *
   * @param group as it is since then; nothing once it is deleted
   */
  record OfGroup(Optional<GroupSettingsAnswer> group) implements EventSubject {}

  /** A member. */
  record OfMember(EventMember member) implements EventSubject {}

  /**
   * A member whose device was cut off.
   *
   * @param revokedKeyFingerprints of the keys that count no more
   */
  record OfRevokedMember(EventMember member, List<String> revokedKeyFingerprints)
      implements EventSubject {

    /** Copies the list. */
    public OfRevokedMember {
      revokedKeyFingerprints = List.copyOf(revokedKeyFingerprints);
    }
  }

  /** A link. */
  record OfLink(EventLink link) implements EventSubject {}

  /**
   * A recovery.
   *
   * @param lastRevision of the last good state
   */
  record OfRecovery(long lastRevision) implements EventSubject {}

  /** The member that this is, if it is one. */
  static Optional<EventMember> memberOf(EventSubject subject) {
    return switch (subject) {
      case OfMember(EventMember member) -> Optional.of(member);
      case OfRevokedMember(EventMember member, _) -> Optional.of(member);
      case OfGroup _, OfLink _, OfRecovery _ -> Optional.empty();
    };
  }

  /** What this event is about. */
  static EventSubject of(GroupEvent event) {
    return switch (event) {
      case GroupCreated(GroupSettings settings) -> of(settings);
      case GroupChanged(GroupSettings settings) -> of(settings);
      case GroupDeleted _ -> new OfGroup(Optional.empty());
      case MemberAdded(Member member) -> of(member);
      case MemberChanged(Member member) -> of(member);
      case MemberRevoked(Member member, List<String> keyFingerprints) ->
          new OfRevokedMember(EventMember.Detail.of(member), keyFingerprints);
      case MemberRemoved(EdgeId edge) -> new OfMember(new EventMember.Name(edge));
      case LinkAdded(LinkConfiguration link) -> of(link);
      case LinkChanged(LinkConfiguration link) -> of(link);
      case LinkSuspended(LinkConfiguration link) -> of(link);
      case LinkRemoved(LinkId link) -> new OfLink(EventLink.Name.of(link));
      case GroupRecovered(long lastRevision) -> new OfRecovery(lastRevision);
    };
  }

  private static EventSubject of(GroupSettings settings) {
    return new OfGroup(Optional.of(GroupSettingsAnswer.of(settings)));
  }

  private static EventSubject of(Member member) {
    return new OfMember(EventMember.Detail.of(member));
  }

  private static EventSubject of(LinkConfiguration link) {
    return new OfLink(LinkConfigurationAnswer.of(link));
  }
}
