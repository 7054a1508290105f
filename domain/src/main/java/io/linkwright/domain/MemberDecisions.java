package io.linkwright.domain;

import io.linkwright.domain.Decision.Refused;
import io.linkwright.domain.GroupState.Active;
import java.util.List;
import java.util.Optional;

/** Decides the commands about one member. */
final class MemberDecisions {
  private MemberDecisions() {}

  static Decision add(EventSequence sequence, NewMember newcomer) {
    Active group = sequence.group();
    EdgeId edge = newcomer.edge();
    Optional<Rejection> refused =
        MemberRules.ofNewcomer(group, edge)
            .or(() -> MemberRules.ofProperties(group, asMember(newcomer, List.of())));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    Optional<List<IpAddress>> addresses =
        group.contents().pool().addresses(List.of(), group.settings().tunnelCount());
    if (addresses.isEmpty()) {
      return new Refused(MemberRules.addressPoolExhausted(group));
    }

    sequence.append(new GroupEvent.MemberAdded(asMember(newcomer, addresses.get())));
    TopologyPlan.linksOfNewMember(sequence.group(), edge).forEach(sequence::addLink);
    return sequence.accepted();
  }

  static Decision change(EventSequence sequence, EdgeId edge, MemberChange change) {
    Active group = sequence.group();
    Optional<Member> found = group.member(edge);
    if (found.isEmpty()) {
      return new Refused(Refusals.unknownMember(group, edge));
    }
    Member now = found.get();
    Member next = changed(now, change);
    if (next.equals(now)) {
      return sequence.accepted();
    }
    Optional<Rejection> refused = MemberRules.ofProperties(group, next);
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
      return new Refused(Refusals.unknownMember(group, edge));
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
        overlayAddresses);
  }

  private static Member changed(Member now, MemberChange change) {
    return new Member(
        now.edge(),
        change.name().orElse(now.name()),
        change.endpoint().orElse(now.endpoint()),
        change.allowedSubnets().orElse(now.allowedSubnets()),
        change.position().orElse(now.position()),
        change.keys().or(now::keys),
        now.overlayAddresses());
  }

  /** Whether the member's peers must hear of the change. */
  private static boolean concernsLinks(Member now, Member next) {
    return !next.endpoint().equals(now.endpoint())
        || !next.allowedSubnets().equals(now.allowedSubnets())
        || !next.keys().equals(now.keys());
  }
}
