package io.linkwright.domain.group;

import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupCommand.AddMember;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import java.util.List;
import java.util.Optional;

/** Decides the commands about one member. */
final class MemberDecisions {
  private MemberDecisions() {}

  static Decision add(EventSequence sequence, AddMember command) {
    Active group = sequence.group();
    NewMember newcomer = command.member();
    EdgeId edge = newcomer.edge();
    Optional<Rejection> refused =
        MemberRules.rejectNewcomer(group, edge)
            .or(() -> MemberRules.rejectProperties(group, asMember(newcomer, List.of())));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    Optional<List<IpAddress>> addresses =
        group.contents().pool().addresses(List.of(), group.settings().tunnelCount());
    if (addresses.isEmpty()) {
      return new Refused(MemberRules.addressPoolExhausted(group));
    }

    Optional<Enrollment> enrollment =
        command
            .invitation()
            .filter(_ -> newcomer.keys().isEmpty())
            .map(invitation -> EnrollmentDecisions.invited(invitation, sequence.now()));
    sequence.append(
        new GroupEvent.MemberAdded(asMember(newcomer, addresses.get()).withEnrollment(enrollment)));
    TopologyPlan.linksOfNewMember(sequence.group(), edge).forEach(sequence::addLink);
    return sequence.accepted();
  }

  static Decision change(EventSequence sequence, EdgeId edge, MemberChange change) {
    Active group = sequence.group();
    Optional<Member> found = group.member(edge);
    if (found.isEmpty()) {
      return new Refused(Rejections.unknownMember(group, edge));
    }
    Member now = found.get();
    Member next = changed(now, change);
    if (next.equals(now)) {
      return sequence.accepted();
    }
    Optional<Rejection> refused = MemberRules.rejectProperties(group, next);
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }

    sequence.append(new GroupEvent.MemberChanged(next));
    if (concernsLinks(now, next)) {
      group.linksOf(edge).forEach(sequence::refreshLink);
    }
    return sequence.accepted();
  }

  static Decision remove(EventSequence sequence, EdgeId edge) {
    Active group = sequence.group();
    if (group.member(edge).isEmpty()) {
      return new Refused(Rejections.unknownMember(group, edge));
    }
    group.contents().node(edge).links().values().forEach(sequence::removeLink);
    sequence.append(new GroupEvent.MemberRemoved(edge));
    return sequence.accepted();
  }

  private static Member asMember(NewMember newcomer, List<IpAddress> overlayAddresses) {
    return new Member(
        newcomer.edge(),
        newcomer.name(),
        newcomer.endpoint(),
        newcomer.allowedSubnets(),
        newcomer.position(),
        newcomer.keys(),
        overlayAddresses,
        Optional.empty());
  }

  /** Keys that an operator gives make a token void. */
  private static Member changed(Member now, MemberChange change) {
    Optional<MemberKeys> next = change.keys().filter(keys -> !now.keys().equals(Optional.of(keys)));
    return new Member(
        now.edge(),
        change.name().orElse(now.name()),
        change.endpoint().orElse(now.endpoint()),
        change.allowedSubnets().orElse(now.allowedSubnets()),
        change.position().orElse(now.position()),
        next.or(now::keys),
        now.overlayAddresses(),
        next.isPresent() ? Optional.empty() : now.enrollment());
  }

  /** Whether the member's peers must hear of the change. */
  private static boolean concernsLinks(Member now, Member next) {
    return !next.endpoint().equals(now.endpoint())
        || !next.allowedSubnets().equals(now.allowedSubnets())
        || !next.keys().equals(now.keys());
  }
}
