package io.linkwright.domain;

import io.linkwright.domain.LinkNode.KeyAge;
import java.util.List;
import java.util.Optional;

/**
 * The members and links of a group, and what is kept about them to decide in O(log n).
 *
 * @param ages of the keys of all links that have some
 * @param subnets of all members
 * @param pool of overlay addresses, with those of all members taken
 * @param revokedKeys fingerprints of keys that were taken away, and from which member
 */
record GroupContents(
    OrderedMap<EdgeId, MemberNode> members,
    OrderedMap<LinkId, LinkNode> links,
    OrderedMap<KeyAge, LinkId> ages,
    SubnetTable subnets,
    AddressPool pool,
    OrderedMap<String, EdgeId> revokedKeys) {

  static GroupContents empty(Cidr addressPool) {
    return new GroupContents(
        OrderedMap.empty(),
        OrderedMap.empty(),
        OrderedMap.empty(),
        SubnetTable.empty(),
        AddressPool.of(addressPool),
        OrderedMap.empty());
  }

  /**
   * The member.
   *
   * @throws IllegalStateException if it is none
   */
  MemberNode node(EdgeId edge) {
    return members.get(edge).orElseThrow(() -> new IllegalStateException(edge + " is no member"));
  }

  GroupContents withMember(Member member) {
    require(!members.contains(member.edge()), member.edge(), "is a member already");
    return new GroupContents(
        members.put(member.edge(), MemberNode.unlinked(member)),
        links,
        ages,
        subnets.with(member.allowedSubnets(), member.edge()),
        taken(pool, member.overlayAddresses(), member.edge()),
        revokedKeys);
  }

  GroupContents withChangedMember(Member member) {
    MemberNode node = node(member.edge());
    Member before = node.member();
    return new GroupContents(
        members.put(member.edge(), node.changed(member)),
        links,
        ages,
        before.allowedSubnets().equals(member.allowedSubnets())
            ? subnets
            : subnets.without(before.allowedSubnets()).with(member.allowedSubnets(), member.edge()),
        before.overlayAddresses().equals(member.overlayAddresses())
            ? pool
            : taken(
                released(pool, before.overlayAddresses()),
                member.overlayAddresses(),
                member.edge()),
        revokedKeys);
  }

  GroupContents withRevokedMember(Member member, List<String> keyFingerprints) {
    require(member.keys().isEmpty(), member.edge(), "is revoked and has keys");
    GroupContents changed = withChangedMember(member);
    OrderedMap<String, EdgeId> revoked = revokedKeys;
    for (String fingerprint : keyFingerprints) {
      revoked = revoked.put(fingerprint, member.edge());
    }
    return new GroupContents(
        changed.members, changed.links, changed.ages, changed.subnets, changed.pool, revoked);
  }

  GroupContents withoutMember(EdgeId edge) {
    MemberNode node = node(edge);
    require(node.links().isEmpty(), edge, "still has links");
    return new GroupContents(
        members.remove(edge),
        links,
        ages,
        subnets.without(node.member().allowedSubnets()),
        released(pool, node.member().overlayAddresses()),
        revokedKeys);
  }

  GroupContents withLink(LinkNode node) {
    LinkConfiguration link = node.link();
    require(!links.contains(link.id()), link.id(), "exists already");
    return new GroupContents(
        members
            .put(link.id().edgeA(), node(link.id().edgeA()).linked(link))
            .put(link.id().edgeB(), node(link.id().edgeB()).linked(link)),
        links.put(link.id(), node),
        link.isConfigurable() ? ages.put(node.age(), link.id()) : ages,
        subnets,
        pool,
        revokedKeys);
  }

  GroupContents withChangedLink(LinkNode node) {
    return withoutLink(node.link().id()).withLink(node);
  }

  GroupContents withoutLink(LinkId id) {
    Optional<LinkNode> node = links.get(id);
    require(node.isPresent(), id, "does not exist");
    LinkConfiguration link = node.get().link();
    return new GroupContents(
        members
            .put(id.edgeA(), node(id.edgeA()).unlinked(link))
            .put(id.edgeB(), node(id.edgeB()).unlinked(link)),
        links.remove(id),
        ages.remove(node.get().age()),
        subnets,
        pool,
        revokedKeys);
  }

  private static AddressPool taken(AddressPool pool, List<IpAddress> addresses, EdgeId edge) {
    AddressPool result = pool;
    for (IpAddress address : addresses) {
      result = result.take(address, edge);
    }
    return result;
  }

  private static AddressPool released(AddressPool pool, List<IpAddress> addresses) {
    AddressPool result = pool;
    for (IpAddress address : addresses) {
      result = result.release(address);
    }
    return result;
  }

  private static void require(boolean possible, Object subject, String complaint) {
    if (!possible) {
      throw new IllegalStateException(subject + " " + complaint);
    }
  }
}
