package io.linkwright.domain.group;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import java.util.List;

/**
 * What happened to a group. Released events never change: a new version is a new record. Each
 * carries the whole state of what it names after the change.
 */
public sealed interface GroupEvent {

  /** The group came into being, without members. */
  record GroupCreated(GroupSettings settings) implements GroupEvent {}

  /** Name, topology, dual tunnel or hub changed. */
  record GroupChanged(GroupSettings settings) implements GroupEvent {}

  /** The group is gone; its links and members were removed by the events before. */
  record GroupDeleted() implements GroupEvent {}

  /** An edge became a member. */
  record MemberAdded(Member member) implements GroupEvent {}

  /** A member's properties, keys or overlay addresses changed. */
  record MemberChanged(Member member) implements GroupEvent {}

  /**
   * A member's keys were taken away: its configuration goes, and its device may never come back
   * with any of these keys. What becomes of its links is told by the events that follow.
   *
   * @param keyFingerprints as {@link MemberKeys#fingerprints()}; none if it awaited enrollment
   */
  record MemberRevoked(Member member, List<String> keyFingerprints) implements GroupEvent {
    /** Copies the list. */
    public MemberRevoked {
      keyFingerprints = List.copyOf(keyFingerprints);
    }
  }

  /** An edge is no member any more; its links were removed by the events before. */
  record MemberRemoved(EdgeId edge) implements GroupEvent {}

  /** Two members became linked. */
  record LinkAdded(LinkConfiguration link) implements GroupEvent {}

  /** A link has new keys, and whatever else changed at its ends. */
  record LinkChanged(LinkConfiguration link) implements GroupEvent {}

  /** A link lost its keys because one of its ends did; both forget it until that end enrolls. */
  record LinkSuspended(LinkConfiguration link) implements GroupEvent {}

  /** Two members are not linked any more. */
  record LinkRemoved(LinkId link) implements GroupEvent {}

  /**
   * The group goes on from its last good state, whatever stands on the log after that: the one
   * event whose own revision need not be the next. All configuration is written anew by the events
   * that follow.
   *
   * @param lastRevision of the state at which it goes on
   */
  record GroupRecovered(long lastRevision) implements GroupEvent {}
}
