package io.linkwright.command.writer;

import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Commands on two small groups, so that they meet each other often; some are refused. */
final class RandomCommands {
  private static final List<GroupId> GROUPS = List.of(new GroupId("red"), new GroupId("blue"));
  private static final int EDGES = 5;
  private static final EnrollmentToken TOKEN =
      EnrollmentToken.of("0".repeat(16), new byte[EnrollmentToken.SECRET_BYTES]);

  private final RandomGenerator random;

  RandomCommands(RandomGenerator random) {
    this.random = random;
  }

  GroupCommand next() {
    GroupId group = GROUPS.get(random.nextInt(GROUPS.size()));
    return random.nextInt(8) == 0
        ? new GroupCommand.ChangeContents(group, List.of(combinable(group), combinable(group)))
        : single(group);
  }

  private GroupCommand.Combinable combinable(GroupId group) {
    return single(group) instanceof GroupCommand.Combinable command ? command : combinable(group);
  }

  private GroupCommand single(GroupId group) {
    return switch (random.nextInt(24)) {
      case 0, 1 -> new GroupCommand.CreateGroup(settings(group));
      case 2, 3, 4, 5 -> new GroupCommand.AddMember(group, member(), Optional.of(invitation()));
      case 6 -> new GroupCommand.RemoveMember(group, edge());
      case 7 -> new GroupCommand.ChangeMember(group, edge(), change());
      case 8 -> new GroupCommand.RemoveLink(group, link());
      case 9 -> new GroupCommand.RekeyLink(group, link());
      case 10 -> new GroupCommand.ChangeLinks(group, List.of(pair(), pair()), List.of(pair()));
      case 11 ->
          new GroupCommand.ChangeGroup(
              group,
              Optional.empty(),
              Optional.empty(),
              Optional.of(random.nextBoolean()),
              Optional.empty());
      case 12 ->
          random.nextInt(5) == 0
              ? new GroupCommand.DeleteGroup(group)
              : new GroupCommand.AddLink(group, pair());
      case 13 -> new GroupCommand.InviteMember(group, edge(), invitation());
      case 14 -> new GroupCommand.EnrollMember(group, edge(), TOKEN.hash(), keys());
      case 15 ->
          new GroupCommand.RevokeMember(
              group, edge(), random.nextBoolean() ? RevokedLinks.KEEP : RevokedLinks.REMOVE);
      case 16 -> renewal(group);
      default -> new GroupCommand.AddLink(group, pair());
    };
  }

  private GroupCommand renewal(GroupId group) {
    LinkId link = link();
    return new GroupCommand.RenewKeys(
        group, link.edgeA(), keys().identity(), new TreeMap<>(Map.of(link, 1 + random.nextInt(2))));
  }

  private static Invitation invitation() {
    return new Invitation(TOKEN.hash(), Invitation.DEFAULT_TIME_TO_LIVE);
  }

  private GroupSettings settings(GroupId group) {
    return new GroupSettings(
        group,
        group.value(),
        random.nextInt(4) == 0 ? Topology.MESH : Topology.PARTIAL_MESH,
        TunnelProtocol.IPSEC,
        random.nextBoolean(),
        Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  private NewMember member() {
    EdgeId edge = edge();
    return new NewMember(
        edge,
        edge.value(),
        Optional.of(new Endpoint("192.0.2.1", 4500)),
        List.of(),
        Optional.empty(),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(keys()));
  }

  private MemberChange change() {
    return new MemberChange(
        Optional.of("name " + random.nextInt(3)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        random.nextBoolean() ? Optional.of(keys()) : Optional.empty());
  }

  private MemberKeys keys() {
    return new MemberKeys(
        key(MemberKeys.IDENTITY_LENGTH_BYTES), key(MemberKeys.SEALING_LENGTH_BYTES), List.of());
  }

  private PublicKey key(int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    random.nextBytes(bytes);
    return PublicKey.ofBytes(bytes);
  }

  private LinkId link() {
    EdgePair pair = pair();
    return pair.isLoop() ? link() : pair.link();
  }

  private EdgePair pair() {
    return new EdgePair(edge(), edge());
  }

  private EdgeId edge() {
    return new EdgeId("e" + random.nextInt(EDGES));
  }
}
