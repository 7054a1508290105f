package io.linkwright.topology;

import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupCommand.AddLink;
import io.linkwright.domain.group.GroupCommand.AddMember;
import io.linkwright.domain.group.GroupCommand.ChangeGroup;
import io.linkwright.domain.group.GroupCommand.ChangeMember;
import io.linkwright.domain.group.GroupCommand.CreateGroup;
import io.linkwright.domain.group.GroupCommand.DeleteGroup;
import io.linkwright.domain.group.GroupCommand.RekeyLink;
import io.linkwright.domain.group.GroupCommand.RemoveLink;
import io.linkwright.domain.group.GroupCommand.RemoveMember;
import io.linkwright.domain.group.GroupCommand.RevokeMember;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.NewMember;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Commands from a seed, over few edges. Most of the time links come and go in a partial mesh; now
 * and then the group is something else, or ends and begins again. Some commands are refused.
 */
final class RandomHistory {
  private static final int EDGES = 9;

  private final GroupId group;
  private final Random random;

  RandomHistory(GroupId group, long seed) {
    this.group = group;
    this.random = new Random(seed);
  }

  GroupCommand next(GroupState state) {
    return switch (state) {
      case GroupState.Absent _ -> new CreateGroup(settings());
      case GroupState.Active active when active.memberCount() < 7 -> addMember();
      case GroupState.Active active when active.settings().topology() != Topology.PARTIAL_MESH ->
          random.nextInt(4) == 0 ? change(Topology.PARTIAL_MESH) : any(active);
      case GroupState.Active active -> any(active);
    };
  }

  private GroupCommand any(GroupState.Active active) {
    int dice = random.nextInt(200);
    if (dice < 1) {
      return new DeleteGroup(group);
    }
    if (dice < 6) {
      return change(oneOf(List.of(Topology.values())));
    }
    if (dice < 20) {
      return addMember();
    }
    if (dice < 28) {
      return new RemoveMember(group, edge());
    }
    if (dice < 36) {
      return new ChangeMember(group, edge(), enrollment());
    }
    if (dice < 38) {
      return new RevokeMember(group, edge(), oneOf(List.of(RevokedLinks.values())));
    }
    if (dice < 130) {
      return new AddLink(group, pairOf(active));
    }
    LinkId link = anyLink(active);
    return dice < 190 ? new RemoveLink(group, link) : new RekeyLink(group, link);
  }

  private GroupCommand addMember() {
    NewMember member = GroupHistory.enrolled(edge().value());
    return new AddMember(
        group,
        random.nextInt(4) > 0
            ? member
            : new NewMember(
                member.edge(),
                member.name(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty()));
  }

  private GroupCommand change(Topology topology) {
    return new ChangeGroup(
        group,
        Optional.of("Group " + random.nextInt(3)),
        Optional.of(topology),
        Optional.of(random.nextBoolean()),
        topology == Topology.HUB_SPOKE ? Optional.of(edge()) : Optional.empty());
  }

  private GroupSettings settings() {
    return new GroupSettings(
        group,
        "Group",
        Topology.PARTIAL_MESH,
        random.nextBoolean() ? TunnelProtocol.IPSEC : TunnelProtocol.WIREGUARD,
        random.nextBoolean(),
        Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  private MemberChange enrollment() {
    return new MemberChange(
        Optional.of("Renamed"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        GroupHistory.enrolled(edge().value()).keys());
  }

  private LinkId anyLink(GroupState.Active active) {
    List<LinkId> links = active.links().map(LinkConfiguration::id).toList();
    return links.isEmpty() ? pair().link() : oneOf(links);
  }

  /** Members as a rule. */
  private EdgePair pairOf(GroupState.Active active) {
    List<EdgeId> members = active.members().map(Member::edge).toList();
    EdgeId one = oneOf(members);
    EdgeId other = oneOf(members);
    return one.equals(other) ? pair() : new EdgePair(one, other);
  }

  private EdgePair pair() {
    EdgeId one = edge();
    EdgeId other = edge();
    while (other.equals(one)) {
      other = edge();
    }
    return new EdgePair(one, other);
  }

  private EdgeId edge() {
    return new EdgeId("edge-" + random.nextInt(EDGES));
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
