package io.linkwright.domain.group;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.SubnetTable;
import io.linkwright.domain.address.SubnetTable.OwnedSubnet;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import java.util.Optional;
import java.util.stream.Stream;

/** What a member must be for a group to take it. */
final class MemberRules {
  private static final String ALLOWED_SUBNETS = "allowedSubnets";
  private static final String KEYS = "keys";

  private MemberRules() {}

  /** Whether the group has room for another member, and the edge is none yet. */
  static Optional<Rejection> rejectNewcomer(Active group, EdgeId edge) {
    if (group.member(edge).isPresent()) {
      return Optional.of(
          Rejection.ofField(
              RejectionCode.MEMBER_EXISTS,
              "edge",
              "%s is a member of group %s already: change it instead".formatted(edge, group.id())));
    }
    int most =
        switch (group.settings().topology()) {
          case PARTIAL_MESH, HUB_SPOKE -> Limits.MAX_MEMBERS;
          case MESH -> Limits.MAX_MESH_MEMBERS;
        };
    return group.memberCount() >= most
        ? Optional.of(
            Rejection.of(
                RejectionCode.LIMIT_EXCEEDED,
                ("a %s group may have %d members, and group %s has as many: remove one "
                        + "first, or use another group")
                    .formatted(group.settings().topology().label(), most, group.id())))
        : Optional.empty();
  }

  /** Whether a member, new or changed, fits the group and its other members. */
  static Optional<Rejection> rejectProperties(Active group, Member member) {
    return Rejections.rejectName(member.name())
        .or(() -> rejectKeys(group, member))
        .or(() -> rejectRevokedKeys(group, member))
        .or(() -> rejectForeignKeys(group, member))
        .or(() -> rejectSubnetCount(member))
        .or(() -> rejectSubnets(group, member));
  }

  static Rejection addressPoolExhausted(Active group) {
    return Rejection.of(
        RejectionCode.ADDRESS_POOL_EXHAUSTED,
        ("a member needs %d overlay addresses and %s has %d left: remove a member "
                + "first, or use a new group with a larger addressPool")
            .formatted(
                group.settings().tunnelCount(),
                group.settings().addressPool(),
                group.contents().pool().free()));
  }

  private static Optional<Rejection> rejectKeys(Active group, Member member) {
    boolean lacksWireGuard =
        group.settings().tunnelProtocol() == TunnelProtocol.WIREGUARD
            && member.keys().filter(keys -> keys.wireGuard().isEmpty()).isPresent();
    return lacksWireGuard
        ? Optional.of(
            Rejection.ofField(
                RejectionCode.INVALID_REQUEST,
                KEYS,
                ("group %s runs WireGuard: give the edge's WireGuard keys too, one for "
                        + "each tunnel index")
                    .formatted(group.id())))
        : Optional.empty();
  }

  /** Looks at new keys only: what a member has, was taken when it was not revoked. */
  private static Optional<Rejection> rejectRevokedKeys(Active group, Member member) {
    return newKeys(group, member)
        .flatMap(key -> group.contents().revokedKeys().get(key).stream())
        .findFirst()
        .map(
            owner ->
                Rejection.ofField(
                    RejectionCode.KEYS_REVOKED,
                    KEYS,
                    ("one of these keys was taken from %s and counts never again in group %s: "
                            + "make new keys")
                        .formatted(owner, group.id())));
  }

  /** A key tells one device from all others, and whose it is: two cannot have it. */
  private static Optional<Rejection> rejectForeignKeys(Active group, Member member) {
    return newKeys(group, member)
        .flatMap(key -> group.contents().keyOwners().get(key).stream())
        .filter(owner -> !owner.equals(member.edge()))
        .findFirst()
        .map(
            owner ->
                Rejection.ofField(
                    RejectionCode.KEYS_IN_USE,
                    KEYS,
                    ("one of these keys is the one of member %s: every device makes keys of its"
                            + " own, and a copied one needs new keys")
                        .formatted(owner)));
  }

  private static Stream<String> newKeys(Active group, Member member) {
    Optional<MemberKeys> now = group.member(member.edge()).flatMap(Member::keys);
    return member.keys().filter(keys -> !now.equals(Optional.of(keys))).stream()
        .flatMap(keys -> keys.fingerprints().stream());
  }

  private static Optional<Rejection> rejectSubnetCount(Member member) {
    int count = member.allowedSubnets().size();
    return count > Limits.MAX_ALLOWED_SUBNETS
        ? Optional.of(
            Rejection.ofField(
                RejectionCode.LIMIT_EXCEEDED,
                ALLOWED_SUBNETS,
                "%d subnets are named and a member may have %d: join adjacent ones"
                    .formatted(count, Limits.MAX_ALLOWED_SUBNETS)))
        : Optional.empty();
  }

  private static Optional<Rejection> rejectSubnets(Active group, Member member) {
    Cidr pool = group.settings().addressPool();
    SubnetTable table =
        group
            .member(member.edge())
            .map(now -> group.contents().subnets().without(now.allowedSubnets()))
            .orElse(group.contents().subnets());
    for (Cidr subnet : member.allowedSubnets()) {
      if (subnet.overlaps(pool)) {
        return overlap(
            "%s overlaps the group's address pool %s: leave it out".formatted(subnet, pool));
      }
      Optional<OwnedSubnet> other = table.overlapping(subnet);
      if (other.isPresent()) {
        return overlap(overlapText(subnet, member.edge(), other.get()));
      }
      table = table.with(subnet, member.edge());
    }
    return Optional.empty();
  }

  private static String overlapText(Cidr subnet, EdgeId edge, OwnedSubnet other) {
    return other.owner().equals(edge)
        ? "%s overlaps %s of the same member: name each address once"
            .formatted(subnet, other.subnet())
        : "%s overlaps %s of member %s: an address can be behind one member only"
            .formatted(subnet, other.subnet(), other.owner());
  }

  private static Optional<Rejection> overlap(String detail) {
    return Optional.of(Rejection.ofField(RejectionCode.SUBNETS_OVERLAP, ALLOWED_SUBNETS, detail));
  }
}
