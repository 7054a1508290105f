package io.linkwright.domain.group;

import static io.linkwright.domain.group.Samples.GROUP;
import static io.linkwright.domain.group.Samples.edge;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Commands to {@link Samples#GROUP} in few words. */
final class Commands {
  static final GroupCommand.ChangeGroup CHANGE_NOTHING =
      new GroupCommand.ChangeGroup(
          GROUP, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private Commands() {}

  static GroupCommand together(GroupCommand... steps) {
    return new GroupCommand.ChangeContents(
        GROUP, Arrays.stream(steps).map(GroupCommand.Combinable.class::cast).toList());
  }

  static GroupCommand createGroup(GroupSettings settings) {
    return new GroupCommand.CreateGroup(settings);
  }

  static GroupCommand createGroup(Topology topology, TunnelProtocol protocol) {
    return createGroup(Samples.settings(topology, protocol));
  }

  static GroupCommand.ChangeGroup rename(String name) {
    return new GroupCommand.ChangeGroup(
        GROUP, Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static GroupCommand.ChangeGroup changeTopology(Topology topology) {
    return new GroupCommand.ChangeGroup(
        GROUP, Optional.empty(), Optional.of(topology), Optional.empty(), Optional.empty());
  }

  static GroupCommand.ChangeGroup toHubSpoke(String hub) {
    return new GroupCommand.ChangeGroup(
        GROUP,
        Optional.empty(),
        Optional.of(Topology.HUB_SPOKE),
        Optional.empty(),
        Optional.of(edge(hub)));
  }

  static GroupCommand.ChangeGroup changeHub(String hub) {
    return new GroupCommand.ChangeGroup(
        GROUP, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(edge(hub)));
  }

  static GroupCommand.ChangeGroup dualTunnelOn() {
    return new GroupCommand.ChangeGroup(
        GROUP, Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());
  }

  static GroupCommand.ChangeGroup dualTunnelOff() {
    return new GroupCommand.ChangeGroup(
        GROUP, Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty());
  }

  static GroupCommand.ChangeGroup rekeyEvery(String duration) {
    return rekeyEvery(Optional.of(RekeyInterval.parse(duration)));
  }

  static GroupCommand.ChangeGroup rekeyNoMore() {
    return rekeyEvery(Optional.empty());
  }

  private static GroupCommand.ChangeGroup rekeyEvery(Optional<RekeyInterval> interval) {
    return new GroupCommand.ChangeGroup(
        GROUP,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(interval));
  }

  static GroupCommand delete() {
    return new GroupCommand.DeleteGroup(GROUP);
  }

  static GroupCommand add(NewMember member) {
    return new GroupCommand.AddMember(GROUP, member);
  }

  static GroupCommand change(String edge, MemberChange change) {
    return new GroupCommand.ChangeMember(GROUP, edge(edge), change);
  }

  static GroupCommand renameMember(String edge, String name) {
    return change(
        edge,
        new MemberChange(
            Optional.of(name),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  static GroupCommand move(String edge, Position position) {
    return change(
        edge,
        new MemberChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Optional.of(position)),
            Optional.empty()));
  }

  static GroupCommand changeEndpoint(String edge, Optional<Endpoint> endpoint) {
    return change(
        edge,
        new MemberChange(
            Optional.empty(),
            Optional.of(endpoint),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  static GroupCommand changeSubnets(String edge, String... subnets) {
    return change(
        edge,
        new MemberChange(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Arrays.stream(subnets).map(Cidr::parse).toList()),
            Optional.empty(),
            Optional.empty()));
  }

  static GroupCommand enroll(String edge, MemberKeys keys) {
    return change(
        edge,
        new MemberChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(keys)));
  }

  static GroupCommand invited(NewMember member, String token) {
    return new GroupCommand.AddMember(GROUP, member, Optional.of(invitation(token)));
  }

  static GroupCommand invite(String edge, String token) {
    return new GroupCommand.InviteMember(GROUP, edge(edge), invitation(token));
  }

  static GroupCommand join(String edge, String token, MemberKeys keys) {
    return new GroupCommand.EnrollMember(GROUP, edge(edge), Samples.token(token).hash(), keys);
  }

  static GroupCommand revoke(String edge, RevokedLinks links) {
    return new GroupCommand.RevokeMember(GROUP, edge(edge), links);
  }

  private static Invitation invitation(String token) {
    return new Invitation(Samples.token(token).hash(), Invitation.DEFAULT_TIME_TO_LIVE);
  }

  static GroupCommand remove(String edge) {
    return new GroupCommand.RemoveMember(GROUP, edge(edge));
  }

  static GroupCommand addLink(String a, String b) {
    return new GroupCommand.AddLink(GROUP, Samples.pair(a, b));
  }

  static GroupCommand removeLink(String link) {
    return new GroupCommand.RemoveLink(GROUP, Samples.link(link));
  }

  static GroupCommand rekeyMember(String edge) {
    return new GroupCommand.RekeyMember(GROUP, new EdgeId(edge));
  }

  static GroupCommand rekey(String link) {
    return new GroupCommand.RekeyLink(GROUP, Samples.link(link));
  }

  static GroupCommand batch(List<EdgePair> add, List<EdgePair> remove) {
    return new GroupCommand.ChangeLinks(GROUP, add, remove);
  }
}
