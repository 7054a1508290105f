package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupCommand.RevokeMember;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides who becomes a member's device, and which device is one no longer. */
final class EnrollmentDecisions {
  private EnrollmentDecisions() {}

  /** What a member without keys is given when the command brings a token for it. */
  static Enrollment invited(Invitation invitation, Instant now) {
    return new Enrollment.Invited(invitation.token(), now.plus(invitation.timeToLive()));
  }

  /** A new token; the one before, if any, is void. */
  static Decision invite(EventSequence sequence, EdgeId edge, Invitation invitation) {
    Active group = sequence.group();
    Optional<Member> found = group.member(edge);
    if (found.isEmpty()) {
      return new Refused(Rejections.unknownMember(group, edge));
    }
    Member member = found.get();
    if (member.keys().isPresent()) {
      return new Refused(
          Rejection.of(
              RejectionCode.MEMBER_ENROLLED,
              "%s has keys: to give it to another device, revoke it first".formatted(edge)));
    }
    Member next = member.withEnrollment(Optional.of(invited(invitation, sequence.now())));
    if (!next.equals(member)) {
      sequence.append(new GroupEvent.MemberChanged(next));
    }
    return sequence.accepted();
  }

  /** The keys of whoever shows the token; links to other enrolled members come to life. */
  static Decision enroll(EventSequence sequence, GroupCommand.EnrollMember command) {
    Active group = sequence.group();
    EdgeId edge = command.edge();
    Optional<Member> found = group.member(edge);
    if (found.isEmpty()) {
      return new Refused(Rejections.unknownMember(group, edge));
    }
    Member member = found.get();
    if (isRepeated(member, command)) {
      return sequence.accepted();
    }
    Member enrolled = member.enrolledBy(command.token(), command.keys());
    Optional<Rejection> refused =
        ofToken(member, command.token(), sequence.now())
            .or(() -> MemberRules.rejectProperties(group, enrolled));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    sequence.append(new GroupEvent.MemberChanged(enrolled));
    group.linksOf(edge).forEach(sequence::refreshLink);
    return sequence.accepted();
  }

  /**
   * Takes a device's keys away, for ever in this group. Its links lose their keys on both sides and
   * wait for the next device, or go.
   */
  static Decision revoke(EventSequence sequence, RevokeMember command) {
    Active group = sequence.group();
    EdgeId edge = command.edge();
    Optional<Member> found = group.member(edge);
    if (found.isEmpty()) {
      return new Refused(Rejections.unknownMember(group, edge));
    }
    Member member = found.get();
    List<String> fingerprints = member.keys().map(MemberKeys::fingerprints).orElse(List.of());
    Optional<Rejection> refused =
        rejectLinks(group, command).or(() -> rejectLackOfRoom(group, fingerprints));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    boolean takesLinks =
        command.links() == RevokedLinks.REMOVE && group.linksOf(edge).findAny().isPresent();
    if (member.standing() != EnrollmentStanding.REVOKED || takesLinks) {
      // Said again for a member that was revoked before: the command is about it, and is answered
      // so.
      sequence.append(new GroupEvent.MemberRevoked(member.revoked(), fingerprints));
    }
    switch (command.links()) {
      case KEEP ->
          group
              .linksOf(edge)
              .filter(LinkConfiguration::isConfigurable)
              .forEach(sequence::suspendLink);
      case REMOVE -> group.linksOf(edge).map(LinkConfiguration::id).forEach(sequence::removeLink);
    }
    return sequence.accepted();
  }

  /** The device did not hear that it is enrolled, and shows the same token with the same keys. */
  private static boolean isRepeated(Member member, GroupCommand.EnrollMember command) {
    return member.enrollment().orElse(null) instanceof Enrollment.Enrolled(TokenHash used)
        && used.matches(command.token())
        && member.keys().filter(command.keys()::equals).isPresent();
  }

  private static Optional<Rejection> ofToken(Member member, TokenHash shown, Instant now) {
    if (member.enrollment().isEmpty()) {
      return Optional.of(invalid(member));
    }
    return switch (member.enrollment().get()) {
      case Enrollment.Invited(TokenHash token, _) when !token.matches(shown) ->
          Optional.of(invalid(member));
      case Enrollment.Invited(_, Instant expiresAt) ->
          now.isBefore(expiresAt) ? Optional.empty() : Optional.of(expired(member, expiresAt));
      case Enrollment.Enrolled(TokenHash used) ->
          Optional.of(used.matches(shown) ? used(member) : invalid(member));
      case Enrollment.Revoked() -> Optional.of(invalid(member));
    };
  }

  private static Rejection invalid(Member member) {
    return Rejection.of(
        RejectionCode.TOKEN_INVALID,
        ("the token is not the one that was last made for %s: check that it was copied whole, or "
                + "ask the operator for a new one")
            .formatted(member.edge()));
  }

  private static Rejection expired(Member member, Instant expiresAt) {
    return Rejection.of(
        RejectionCode.TOKEN_EXPIRED,
        "the token for %s expired at %s: ask the operator for a new one"
            .formatted(member.edge(), expiresAt));
  }

  private static Rejection used(Member member) {
    return Rejection.of(
        RejectionCode.TOKEN_USED,
        ("the token for %s was used by another device or with other keys: if that was not you, "
                + "have the operator revoke the member; a new token needs that too")
            .formatted(member.edge()));
  }

  private static Optional<Rejection> rejectLinks(Active group, RevokeMember command) {
    return switch (command.links()) {
      case KEEP -> Optional.empty();
      case REMOVE -> Rejections.rejectAutomaticLinks(group);
    };
  }

  private static Optional<Rejection> rejectLackOfRoom(Active group, List<String> fingerprints) {
    int remembered = group.contents().revokedKeys().size() + fingerprints.size();
    return remembered > Limits.MAX_REVOKED_KEYS
        ? Optional.of(
            Rejection.of(
                RejectionCode.LIMIT_EXCEEDED,
                ("group %s would have to remember more than %d revoked keys: remove the member "
                        + "instead, and move on to a new group")
                    .formatted(group.id(), Limits.MAX_REVOKED_KEYS)))
        : Optional.empty();
  }
}
