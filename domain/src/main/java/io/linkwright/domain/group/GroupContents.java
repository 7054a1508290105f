package io.linkwright.domain.group;

import io.linkwright.domain.address.AddressPool;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.SubnetTable;
import io.linkwright.domain.group.LinkNode.KeyAge;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.persistent.HashedMap;
import io.linkwright.domain.persistent.OrderedMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The members and links of a group, and what is kept about them to decide in O(log n). What is only
 * looked up is found by its hash; what needs its neighbours is kept in order.
 *
 * @param ages of the keys of all links that have some
 * @param subnets of all members
 * @param pool of overlay addresses, with those of all members taken
 * @param keyOwners fingerprints of the keys that members have, and whose they are
 * @param revokedKeys fingerprints of keys that were taken away, and from which member
 */
record GroupContents(
    HashedMap<EdgeId, MemberNode> members,
    HashedMap<LinkId, LinkNode> links,
    OrderedMap<KeyAge, LinkId> ages,
    SubnetTable subnets,
    AddressPool pool,
    HashedMap<String, EdgeId> keyOwners,
    HashedMap<String, EdgeId> revokedKeys) {

  static GroupContents empty(Cidr addressPool) {
    return new GroupContents(
        HashedMap.empty(),
        HashedMap.empty(),
        OrderedMap.empty(),
        SubnetTable.empty(),
        AddressPool.of(addressPool),
        HashedMap.empty(),
        HashedMap.empty());
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
        owned(keyOwners, member),
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
        before.keys().equals(member.keys())
            ? keyOwners
            : owned(disowned(keyOwners, before), member),
        revokedKeys);
  }

  GroupContents withRevokedMember(Member member, List<String> keyFingerprints) {
    require(member.keys().isEmpty(), member.edge(), "is revoked and has keys");
    GroupContents changed = withChangedMember(member);
    HashedMap<String, EdgeId> revoked = revokedKeys;
    for (String fingerprint : keyFingerprints) {
      revoked = revoked.put(fingerprint, member.edge());
    }
    return new GroupContents(
        changed.members,
        changed.links,
        changed.ages,
        changed.subnets,
        changed.pool,
        changed.keyOwners,
        revoked);
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
        disowned(keyOwners, node.member()),
        revokedKeys);
  }

  GroupContents withLink(LinkNode added) {
    LinkConfiguration link = added.link();
    require(!links.contains(link.id()), link.id(), "exists already");
    return relinked(
        link.id(),
        end -> end.linked(link),
        links.put(link.id(), added),
        link.isConfigurable() ? ages.put(added.age(), link.id()) : ages);
  }

  GroupContents withChangedLink(LinkNode changed) {
    LinkConfiguration link = changed.link();
    LinkNode before = linkNode(link.id());
    OrderedMap<KeyAge, LinkId> others = ages.remove(before.age());
    return relinked(
        link.id(),
        end -> end.unlinked(before.link()).linked(link),
        links.put(link.id(), changed),
        link.isConfigurable() ? others.put(changed.age(), link.id()) : others);
  }

  GroupContents withoutLink(LinkId id) {
    LinkNode before = linkNode(id);
    return relinked(
        id, end -> end.unlinked(before.link()), links.remove(id), ages.remove(before.age()));
  }

  private LinkNode linkNode(LinkId id) {
    return links.get(id).orElseThrow(() -> new IllegalStateException(id + " does not exist"));
  }

  /** With both ends of a link changed in the same way. */
  private GroupContents relinked(
      LinkId id,
      UnaryOperator<MemberNode> end,
      HashedMap<LinkId, LinkNode> nextLinks,
      OrderedMap<KeyAge, LinkId> nextAges) {
    return new GroupContents(
        members
            .put(id.edgeA(), end.apply(node(id.edgeA())))
            .put(id.edgeB(), end.apply(node(id.edgeB()))),
        nextLinks,
        nextAges,
        subnets,
        pool,
        keyOwners,
        revokedKeys);
  }

  private static HashedMap<String, EdgeId> owned(HashedMap<String, EdgeId> owners, Member member) {
    HashedMap<String, EdgeId> result = owners;
    for (String fingerprint : fingerprints(member)) {
      result = result.put(fingerprint, member.edge());
    }
    return result;
  }

  /** Older logs may have one key twice: what another has taken since stays that one's. */
  private static HashedMap<String, EdgeId> disowned(
      HashedMap<String, EdgeId> owners, Member member) {
    HashedMap<String, EdgeId> result = owners;
    for (String fingerprint : fingerprints(member)) {
      if (result.get(fingerprint).filter(member.edge()::equals).isPresent()) {
        result = result.remove(fingerprint);
      }
    }
    return result;
  }

  private static List<String> fingerprints(Member member) {
    return member.keys().map(MemberKeys::fingerprints).orElse(List.of());
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
