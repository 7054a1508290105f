package io.linkwright.domain.group;

import io.linkwright.domain.address.AddressPool;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.group.Decision.Refused;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;

/** Decides the commands about a group as a whole. */
final class GroupDecisions {
  /** Fewer members than two make no link. */
  private static final int MIN_ADDRESSABLE_MEMBERS = 2;

  private GroupDecisions() {}

  static Decision create(EventSequence sequence, GroupSettings settings) {
    if (sequence.hasGroup()) {
      return new Refused(Rejections.groupExists(settings.id()));
    }
    Optional<Rejection> refused = rejectSettings(settings).or(() -> rejectAddressPool(settings));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    sequence.append(new GroupEvent.GroupCreated(settings));
    return sequence.accepted();
  }

  static Decision change(EventSequence sequence, GroupCommand.ChangeGroup change) {
    Active group = sequence.group();
    GroupSettings now = group.settings();
    GroupSettings next = changed(now, change);
    if (next.equals(now)) {
      return sequence.accepted();
    }
    Optional<Rejection> refused = rejectSettings(next).or(() -> rejectChange(group, next));
    if (refused.isPresent()) {
      return new Refused(refused.get());
    }
    TopologyPlan plan = TopologyPlan.between(group, next);
    boolean retunneled = next.tunnelCount() != now.tunnelCount();
    boolean renewed = retunneled || !next.associations().equals(now.associations());
    long renewals =
        (retunneled ? group.memberCount() : 0L)
            + (renewed ? group.linkCount() - plan.remove().size() : 0);
    Optional<Rejection> tooLarge =
        Rejections.rejectEventCount(
            1 + renewals + plan.remove().size() + plan.add().size(),
            "remove members or links first, or change one setting at a time");
    if (tooLarge.isPresent()) {
      return new Refused(tooLarge.get());
    }

    sequence.append(new GroupEvent.GroupChanged(next));
    if (retunneled) {
      group.members().forEach(member -> readdress(sequence, member));
    }
    plan.remove().forEach(sequence::removeLink);
    if (renewed) {
      sequence.group().links().forEach(sequence::refreshLink);
    }
    plan.add().forEach(sequence::addLink);
    return sequence.accepted();
  }

  static Decision delete(EventSequence sequence) {
    Active group = sequence.group();
    Optional<Rejection> tooLarge =
        Rejections.rejectEventCount(
            1L + group.memberCount() + group.linkCount(), "remove members first, then the group");
    if (tooLarge.isPresent()) {
      return new Refused(tooLarge.get());
    }
    group.contents().links().keys().forEach(sequence::removeLink);
    group
        .contents()
        .members()
        .keys()
        .forEach(edge -> sequence.append(new GroupEvent.MemberRemoved(edge)));
    sequence.append(new GroupEvent.GroupDeleted());
    return sequence.accepted();
  }

  private static GroupSettings changed(GroupSettings now, GroupCommand.ChangeGroup change) {
    Topology topology = change.topology().orElse(now.topology());
    Optional<EdgeId> hub =
        topology == Topology.HUB_SPOKE ? change.hub().or(now::hub) : change.hub();
    return new GroupSettings(
        now.id(),
        change.name().orElse(now.name()),
        topology,
        now.tunnelProtocol(),
        change.dualTunnel().orElse(now.dualTunnel()),
        hub,
        now.addressPool(),
        change.rekeyEvery().orElse(now.rekeyEvery()),
        change.associations().of(now.associations()));
  }

  private static void readdress(EventSequence sequence, Member member) {
    Active group = sequence.group();
    List<IpAddress> addresses =
        group
            .contents()
            .pool()
            .addresses(member.overlayAddresses(), group.settings().tunnelCount())
            .orElseThrow();
    sequence.append(
        new GroupEvent.MemberChanged(
            new Member(
                member.edge(),
                member.name(),
                member.endpoint(),
                member.allowedSubnets(),
                member.position(),
                member.keys(),
                addresses,
                member.enrollment())));
  }

  private static Optional<Rejection> rejectSettings(GroupSettings settings) {
    boolean hubSpoke = settings.topology() == Topology.HUB_SPOKE;
    if (hubSpoke && settings.hub().isEmpty()) {
      return Optional.of(
          Rejection.ofField(
              RejectionCode.INVALID_REQUEST,
              "hub",
              "a hub-spoke group needs a hub: name the edge that every spoke is linked to"));
    }
    if (!hubSpoke && settings.hub().isPresent()) {
      return Optional.of(
          Rejection.ofField(
              RejectionCode.INVALID_REQUEST,
              "hub",
              "a %s group has no hub: leave it out, or make the topology %s"
                  .formatted(settings.topology().label(), Topology.HUB_SPOKE.label())));
    }
    return Rejections.rejectName(settings.name()).or(() -> rejectAssociations(settings));
  }

  private static Optional<Rejection> rejectAssociations(GroupSettings settings) {
    SaPolicy policy = settings.associations();
    boolean permitted =
        switch (settings.tunnelProtocol()) {
          case IPSEC -> true;
          case WIREGUARD -> policy.equals(SaPolicy.DEFAULT);
        };
    if (permitted) {
      return Optional.empty();
    }
    String field =
        policy.algorithm() != SaPolicy.DEFAULT.algorithm()
            ? "saAlgorithm"
            : policy.limits().bytes().isPresent() ? "rekeyAfterBytes" : "rekeyAfterPackets";
    return Optional.of(
        Rejection.ofField(
            RejectionCode.INVALID_REQUEST,
            field,
            "is for IPsec groups: WireGuard has one cipher and changes its session keys by"
                + " itself"));
  }

  private static Optional<Rejection> rejectAddressPool(GroupSettings settings) {
    int needed = MIN_ADDRESSABLE_MEMBERS * settings.tunnelCount();
    long capacity = AddressPool.capacity(settings.addressPool());
    return capacity < needed
        ? Optional.of(
            Rejection.ofField(
                RejectionCode.INVALID_REQUEST,
                "addressPool",
                "%s has %d host addresses, and two members need %d: choose a larger network"
                    .formatted(settings.addressPool(), capacity, needed)))
        : Optional.empty();
  }

  private static Optional<Rejection> rejectChange(Active group, GroupSettings next) {
    boolean newHub = !next.hub().equals(group.settings().hub());
    Optional<Rejection> unknownHub =
        next.hub().filter(_ -> newHub).flatMap(hub -> Rejections.rejectMember(group, "hub", hub));
    if (unknownHub.isPresent()) {
      return unknownHub;
    }
    if (next.topology() == Topology.MESH && group.memberCount() > Limits.MAX_MESH_MEMBERS) {
      return Optional.of(
          Rejection.ofField(
              RejectionCode.LIMIT_EXCEEDED,
              "topology",
              "the group has %d members and a mesh may have %d: remove members first"
                  .formatted(group.memberCount(), Limits.MAX_MESH_MEMBERS)));
    }
    int moreAddresses = next.tunnelCount() - group.settings().tunnelCount();
    long needed = (long) moreAddresses * group.memberCount();
    long free = group.contents().pool().free();
    return needed > free
        ? Optional.of(
            Rejection.ofField(
                RejectionCode.ADDRESS_POOL_EXHAUSTED,
                "dualTunnel",
                ("%d more overlay addresses are needed and %s has %d left: remove "
                        + "members first, or use a new group with a larger addressPool")
                    .formatted(needed, next.addressPool(), free)))
        : Optional.empty();
  }
}
