package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.changeEndpoint;
import static io.linkwright.domain.group.Commands.changeSubnets;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.enroll;
import static io.linkwright.domain.group.Commands.move;
import static io.linkwright.domain.group.Commands.remove;
import static io.linkwright.domain.group.Commands.renameMember;
import static io.linkwright.domain.group.RejectionCode.ADDRESS_POOL_EXHAUSTED;
import static io.linkwright.domain.group.RejectionCode.INVALID_REQUEST;
import static io.linkwright.domain.group.RejectionCode.LIMIT_EXCEEDED;
import static io.linkwright.domain.group.RejectionCode.MEMBER_EXISTS;
import static io.linkwright.domain.group.RejectionCode.SUBNETS_OVERLAP;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_MEMBER;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.dual;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Samples.keys;
import static io.linkwright.domain.group.Samples.keysWithoutWireGuard;
import static io.linkwright.domain.group.Samples.pooled;
import static io.linkwright.domain.group.Samples.settings;
import static io.linkwright.domain.group.Topology.HUB_SPOKE;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static io.linkwright.domain.link.TunnelProtocol.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.NewMember;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberDecisionsTest {

  private static Scenario linked(TunnelProtocol protocol) {
    return Scenario.given(
        createGroup(PARTIAL_MESH, protocol),
        add(enrolled("a", "10.1.0.0/16")),
        add(enrolled("b", "10.2.0.0/16")),
        add(enrolled("c")),
        addLink("a", "b"),
        addLink("c", "a"));
  }

  @Test
  void aMemberGetsTheLowestFreeAddresses() {
    Scenario scenario =
        Scenario.given(
            createGroup(dual(settings(PARTIAL_MESH, IPSEC))),
            add(awaiting("a")),
            add(awaiting("b")),
            remove("a"),
            add(awaiting("c")));

    assertThat(scenario.member("b").overlayAddresses())
        .containsExactly(IpAddress.parse("100.64.0.3"), IpAddress.parse("100.64.0.4"));
    assertThat(scenario.member("c").overlayAddresses())
        .containsExactly(IpAddress.parse("100.64.0.1"), IpAddress.parse("100.64.0.2"));
  }

  @Test
  void anIpv6PoolSkipsTheNetworkAddress() {
    Scenario scenario =
        Scenario.given(
            createGroup(pooled(settings(PARTIAL_MESH, IPSEC), "fd00:1::/48")), add(awaiting("a")));

    assertThat(scenario.member("a").overlayAddresses())
        .containsExactly(IpAddress.parse("fd00:1::1"));
  }

  @Test
  void anExhaustedPoolTakesNoMember() {
    Scenario full =
        Scenario.given(
            createGroup(pooled(settings(PARTIAL_MESH, IPSEC), "10.9.0.0/30")),
            add(awaiting("a")),
            add(awaiting("b")));

    full.when(add(awaiting("c"))).thenRefused(ADDRESS_POOL_EXHAUSTED, "10.9.0.0/30", "0 left");
    full.and(remove("a")).when(add(awaiting("c"))).thenEvents("MemberAdded c");
  }

  @Test
  void anEdgeIsAMemberOnce() {
    linked(IPSEC).when(add(awaiting("a"))).thenRefusedField(MEMBER_EXISTS, "edge", "a is a member");
  }

  @Test
  void inAMeshANewMemberIsLinkedToEveryOther() {
    Scenario.given(createGroup(MESH, IPSEC), add(awaiting("b")), add(awaiting("c")))
        .when(add(awaiting("a")))
        .thenEvents("MemberAdded a", "LinkAdded a~b", "LinkAdded a~c");
  }

  @Test
  void aFullMeshTakesNoMember() {
    GroupCommand[] members =
        IntStream.range(0, Limits.MAX_MESH_MEMBERS)
            .mapToObj(i -> add(awaiting("m" + i)))
            .toArray(GroupCommand[]::new);

    Scenario.given(createGroup(MESH, IPSEC))
        .and(members)
        .when(add(awaiting("one-more")))
        .thenRefused(LIMIT_EXCEEDED, "mesh", "128");
  }

  @Test
  void inHubSpokeANewSpokeIsLinkedToTheHubIfThereIsOne() {
    Scenario scenario = Scenario.given(createGroup(HUB_SPOKE, IPSEC), add(awaiting("a")));

    assertThat(scenario.group().linkCount()).isZero();
    scenario.and(add(awaiting("hub")));
    scenario.when(add(awaiting("b"))).thenEvents("MemberAdded b", "LinkAdded b~hub");
  }

  @Test
  void whatPeersNeedNotKnowChangesTheMemberAlone() {
    linked(IPSEC).when(renameMember("a", "Site A")).thenEvents("MemberChanged a");
    linked(IPSEC).when(move("a", new Position(39.7, -105))).thenEvents("MemberChanged a");
  }

  @Test
  void whatPeersMustKnowRenewsTheLinks() {
    Scenario scenario = linked(IPSEC);
    Endpoint moved = new Endpoint("198.51.100.7", 4500);
    scenario
        .when(changeEndpoint("a", Optional.of(moved)))
        .thenEvents("MemberChanged a", "LinkChanged a~b", "LinkChanged a~c");
    scenario
        .when(changeSubnets("b", "10.3.0.0/16"))
        .thenEvents("MemberChanged b", "LinkChanged a~b");
    scenario
        .when(enroll("c", keys("c, replaced")))
        .thenEvents("MemberChanged c", "LinkChanged a~c");
    scenario.and(changeEndpoint("a", Optional.of(moved)));

    assertThat(scenario.link("a~b").endA().endpoint()).contains(moved);
    assertThat(scenario.link("a~b").keyVersion()).isEqualTo(2);
    scenario.and(changeEndpoint("a", Optional.empty()));
    assertThat(scenario.link("a~b").endA().endpoint()).isEmpty();
  }

  @Test
  void theSameValuesAgainGiveNoEvent() {
    Scenario scenario = linked(IPSEC);

    scenario.when(renameMember("a", "a")).thenNothing();
    scenario.when(changeSubnets("a", "10.1.0.0/16")).thenNothing();
    scenario.when(enroll("a", keys("a"))).thenNothing();
  }

  @Test
  void aLinkOfAMemberThatAwaitsEnrollmentHasNoKeys() {
    Scenario scenario =
        Scenario.given(
            createGroup(PARTIAL_MESH, WIREGUARD),
            add(awaiting("a")),
            add(enrolled("b")),
            addLink("a", "b"));

    LinkConfiguration link = scenario.link("a~b");
    assertThat(link.isConfigurable()).isFalse();
    assertThat(link.tunnels().getFirst().endB().wireGuardKey()).isEmpty();
    assertThat(ConfigurationChange.of(new GroupEvent.LinkAdded(link))).isEmpty();
  }

  @Test
  void enrollingGivesKeysToLinksWhoseOtherEndHasEnrolled() {
    Scenario scenario =
        Scenario.given(
            createGroup(PARTIAL_MESH, WIREGUARD),
            add(awaiting("a")),
            add(enrolled("b")),
            add(awaiting("c")),
            addLink("a", "b"),
            addLink("a", "c"));

    scenario.when(enroll("a", keys("a"))).thenEvents("MemberChanged a", "LinkChanged a~b");
    scenario.and(enroll("a", keys("a")));
    scenario.when(enroll("c", keys("c"))).thenEvents("MemberChanged c", "LinkChanged a~c");

    Tunnel tunnel = scenario.link("a~b").tunnels().getFirst();
    assertThat(tunnel.endA().wireGuardKey()).contains(keys("a").wireGuard().getFirst());
    assertThat(tunnel.endB().wireGuardKey()).contains(keys("b").wireGuard().getFirst());
  }

  @Test
  void aChangedEndpointIsToldEvenOfLinksThatAwaitEnrollment() {
    Scenario.given(
            createGroup(PARTIAL_MESH, IPSEC),
            add(awaiting("a")),
            add(enrolled("b")),
            addLink("a", "b"))
        .when(changeEndpoint("a", Optional.of(new Endpoint("a.example.net", 500))))
        .thenEvents("MemberChanged a", "LinkChanged a~b");
  }

  @Test
  void aWireGuardGroupNeedsWireGuardKeys() {
    Scenario scenario = Scenario.given(createGroup(PARTIAL_MESH, WIREGUARD), add(awaiting("a")));
    NewMember b = enrolled("b");
    NewMember withoutWireGuard =
        new NewMember(
            b.edge(),
            b.name(),
            b.endpoint(),
            b.allowedSubnets(),
            b.position(),
            Optional.of(keysWithoutWireGuard("b")));

    scenario
        .when(enroll("a", keysWithoutWireGuard("a")))
        .thenRefusedField(INVALID_REQUEST, "keys", "WireGuard");
    scenario.when(add(withoutWireGuard)).thenRefusedField(INVALID_REQUEST, "keys", "WireGuard");
  }

  @Test
  void anIpsecGroupNeedsNoWireGuardKeys() {
    Scenario.given(createGroup(PARTIAL_MESH, IPSEC), add(awaiting("a")))
        .when(enroll("a", keysWithoutWireGuard("a")))
        .thenEvents("MemberChanged a");
  }

  @Test
  void overlappingSubnetsAreRefusedNamingWhoHasThem() {
    Scenario scenario = linked(IPSEC);

    scenario
        .when(add(awaiting("d", "192.168.0.0/24", "10.2.3.0/24")))
        .thenRefusedField(
            SUBNETS_OVERLAP, "allowedSubnets", "10.2.3.0/24", "10.2.0.0/16 of member b");
    scenario
        .when(changeSubnets("c", "10.0.0.0/8"))
        .thenRefusedField(SUBNETS_OVERLAP, "allowedSubnets", "10.0.0.0/8", "of member");
    scenario
        .when(add(awaiting("d", "172.16.0.0/12", "172.16.5.0/24")))
        .thenRefusedField(SUBNETS_OVERLAP, "allowedSubnets", "of the same member");
    scenario
        .when(add(awaiting("d", "100.64.128.0/17")))
        .thenRefusedField(SUBNETS_OVERLAP, "allowedSubnets", "address pool 100.64.0.0/16");
  }

  @Test
  void aMembersOwnOldSubnetsAreNoObstacle() {
    linked(IPSEC)
        .when(changeSubnets("a", "10.1.128.0/17", "10.1.0.0/17"))
        .thenEvents("MemberChanged a", "LinkChanged a~b", "LinkChanged a~c");
  }

  @Test
  void subnetsOfARemovedMemberAreFree() {
    linked(IPSEC)
        .and(remove("b"))
        .when(add(awaiting("d", "10.2.0.0/16")))
        .thenEvents("MemberAdded d");
  }

  @Test
  void subnetsAreBounded() {
    String[] subnets =
        IntStream.rangeClosed(0, Limits.MAX_ALLOWED_SUBNETS)
            .mapToObj("10.0.%d.0/24"::formatted)
            .toArray(String[]::new);

    linked(IPSEC)
        .when(add(awaiting("d", subnets)))
        .thenRefusedField(LIMIT_EXCEEDED, "allowedSubnets", "65", "64");
  }

  @Test
  void aMemberNameIsChecked() {
    linked(IPSEC).when(renameMember("a", " ")).thenRefusedField(INVALID_REQUEST, "name");
  }

  @Test
  void anUnknownMemberInThePathIsRefusedWithoutAField() {
    linked(IPSEC).when(renameMember("z", "Z")).thenRefused(UNKNOWN_MEMBER, "z", "backbone");
    linked(IPSEC).when(remove("z")).thenRefused(UNKNOWN_MEMBER, "z");
  }

  @Test
  void removingAMemberRemovesItsLinksFirst() {
    linked(IPSEC)
        .when(remove("a"))
        .thenEvents("LinkRemoved a~b", "LinkRemoved a~c", "MemberRemoved a");
  }
}
