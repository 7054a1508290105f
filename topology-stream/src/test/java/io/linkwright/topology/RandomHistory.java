package io.linkwright.topology;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgePair;
import io.linkwright.domain.GroupCommand;
import io.linkwright.domain.GroupCommand.AddLink;
import io.linkwright.domain.GroupCommand.AddMember;
import io.linkwright.domain.GroupCommand.ChangeGroup;
import io.linkwright.domain.GroupCommand.ChangeMember;
import io.linkwright.domain.GroupCommand.CreateGroup;
import io.linkwright.domain.GroupCommand.DeleteGroup;
import io.linkwright.domain.GroupCommand.RekeyLink;
import io.linkwright.domain.GroupCommand.RemoveLink;
import io.linkwright.domain.GroupCommand.RemoveMember;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupSettings;
import io.linkwright.domain.MemberChange;
import io.linkwright.domain.NewMember;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Commands from a seed, over so few edges that they meet; many are refused. */
final class RandomHistory {
  private static final int EDGES = 8;

  private final GroupId group;
  private final Random random;

  RandomHistory(GroupId group, long seed) {
    this.group = group;
    this.random = new Random(seed);
  }

  GroupCommand next() {
    int dice = random.nextInt(100);
    if (dice < 5) {
      return new CreateGroup(settings());
    }
    if (dice < 6) {
      return new DeleteGroup(group);
    }
    if (dice < 12) {
      return new ChangeGroup(
          group,
          Optional.empty(),
          Optional.of(topology()),
          Optional.of(random.nextBoolean()),
          Optional.of(edge()));
    }
    if (dice < 28) {
      return new AddMember(group, member());
    }
    if (dice < 32) {
      return new ChangeMember(group, edge(), enrollment());
    }
    if (dice < 38) {
      return new RemoveMember(group, edge());
    }
    if (dice < 70) {
      return new AddLink(group, pair());
    }
    if (dice < 95) {
      return new RemoveLink(group, pair().link());
    }
    return new RekeyLink(group, pair().link());
  }

  private GroupSettings settings() {
    Topology topology = topology();
    return new GroupSettings(
        group,
        "Group",
        topology,
        random.nextBoolean() ? TunnelProtocol.IPSEC : TunnelProtocol.WIREGUARD,
        random.nextBoolean(),
        topology == Topology.HUB_SPOKE ? Optional.of(edge()) : Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  private Topology topology() {
    return random.nextInt(4) > 0
        ? Topology.PARTIAL_MESH
        : List.of(Topology.values()).get(random.nextInt(Topology.values().length));
  }

  private NewMember member() {
    NewMember member = GroupHistory.enrolled(edge().value());
    return random.nextInt(4) > 0
        ? member
        : new NewMember(
            member.edge(),
            member.name(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
  }

  private MemberChange enrollment() {
    return new MemberChange(
        Optional.of("Renamed"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        GroupHistory.enrolled(edge().value()).keys());
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
}
