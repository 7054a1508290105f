package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.CHANGE_NOTHING;
import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.changeHub;
import static io.linkwright.domain.group.Commands.changeTopology;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.delete;
import static io.linkwright.domain.group.Commands.dualTunnelOff;
import static io.linkwright.domain.group.Commands.dualTunnelOn;
import static io.linkwright.domain.group.Commands.remove;
import static io.linkwright.domain.group.Commands.rename;
import static io.linkwright.domain.group.Commands.toHubSpoke;
import static io.linkwright.domain.group.RejectionCode.ADDRESS_POOL_EXHAUSTED;
import static io.linkwright.domain.group.RejectionCode.GROUP_EXISTS;
import static io.linkwright.domain.group.RejectionCode.INVALID_REQUEST;
import static io.linkwright.domain.group.RejectionCode.LIMIT_EXCEEDED;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_GROUP;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_MEMBER;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.dual;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Samples.pooled;
import static io.linkwright.domain.group.Samples.settings;
import static io.linkwright.domain.group.Topology.HUB_SPOKE;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static io.linkwright.domain.link.TunnelProtocol.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupDecisionsTest {

  private static Scenario chain(Topology topology) {
    Scenario scenario =
        Scenario.given(
            createGroup(topology, IPSEC),
            add(enrolled("a")),
            add(enrolled("b")),
            add(enrolled("c")));
    return topology.isAutomatic() ? scenario : scenario.and(addLink("a", "b"), addLink("b", "c"));
  }

  @Test
  void creatingAGroupRecordsItsSettings() {
    GroupSettings settings = settings(PARTIAL_MESH, WIREGUARD);

    Scenario.Answer answer = Scenario.given().when(createGroup(settings));

    assertThat(answer.payloads()).containsExactly(new GroupEvent.GroupCreated(settings));
  }

  @Test
  void aGroupIdIsTakenOnce() {
    Scenario.given(createGroup(PARTIAL_MESH, IPSEC))
        .when(createGroup(MESH, IPSEC))
        .thenRefusedField(GROUP_EXISTS, "id", "backbone");
  }

  @Test
  void anAbsentGroupIsUnknownToEveryOtherCommand() {
    Scenario.given().when(delete()).thenRefused(UNKNOWN_GROUP, "backbone");
    Scenario.given().when(rename("x")).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(add(awaiting("a"))).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(remove("a")).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(addLink("a", "b")).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(Commands.removeLink("a~b")).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(Commands.batch(List.of(), List.of())).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(Commands.rekey("a~b")).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(Commands.enroll("a", Samples.keys("a"))).thenRefused(UNKNOWN_GROUP);
  }

  @Test
  void aHubSpokeGroupNeedsAHubThatNeedNotBeAMemberYet() {
    GroupSettings withHub = settings(HUB_SPOKE, IPSEC);
    GroupSettings withoutHub =
        new GroupSettings(
            withHub.id(),
            "Backbone",
            HUB_SPOKE,
            IPSEC,
            false,
            Optional.empty(),
            withHub.addressPool());

    Scenario.given()
        .when(createGroup(withoutHub))
        .thenRefusedField(INVALID_REQUEST, "hub", "needs a hub");
    Scenario.given().when(createGroup(withHub)).thenEvents("GroupCreated backbone");
  }

  @Test
  void onlyAHubSpokeGroupHasAHub() {
    GroupSettings partialMesh = settings(PARTIAL_MESH, IPSEC);
    GroupSettings withHub =
        new GroupSettings(
            partialMesh.id(),
            "Backbone",
            PARTIAL_MESH,
            IPSEC,
            false,
            Optional.of(Samples.edge("hub")),
            partialMesh.addressPool());

    Scenario.given().when(createGroup(withHub)).thenRefusedField(INVALID_REQUEST, "hub", "no hub");
    chain(PARTIAL_MESH).when(changeHub("a")).thenRefusedField(INVALID_REQUEST, "hub", "no hub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/31", "10.0.0.1/32", "fd00::/127", "fd00::1/128"})
  void anAddressPoolHasRoomForTwoMembers(String pool) {
    Scenario.given()
        .when(createGroup(pooled(settings(PARTIAL_MESH, IPSEC), pool)))
        .thenRefusedField(INVALID_REQUEST, "addressPool", pool, "two members need 2");
  }

  @Test
  void anAddressPoolHasRoomForBothTunnelsOfTwoMembers() {
    GroupSettings dual = dual(settings(PARTIAL_MESH, IPSEC));

    Scenario.given()
        .when(createGroup(pooled(dual, "10.0.0.0/30")))
        .thenRefusedField(INVALID_REQUEST, "addressPool", "two members need 4");
    Scenario.given()
        .when(createGroup(pooled(dual, "10.0.0.0/29")))
        .thenEvents("GroupCreated backbone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "a\u0000"})
  void aNameCanBeShown(String name) {
    chain(PARTIAL_MESH).when(rename(name)).thenRefusedField(INVALID_REQUEST, "name");
  }

  @Test
  void aNameIsBounded() {
    chain(PARTIAL_MESH)
        .when(rename("x".repeat(Limits.MAX_NAME_LENGTH + 1)))
        .thenRefusedField(LIMIT_EXCEEDED, "name", "201", "200");
    chain(PARTIAL_MESH)
        .when(rename("ü".repeat(Limits.MAX_NAME_LENGTH)))
        .thenEvents("GroupChanged backbone");
  }

  @Test
  void renamingTouchesNothingElse() {
    chain(MESH).when(rename("Core")).thenEvents("GroupChanged backbone");
  }

  @Test
  void askingForWhatIsAlreadySoGivesNoEvent() {
    chain(PARTIAL_MESH).when(CHANGE_NOTHING).thenNothing();
    chain(PARTIAL_MESH).when(rename("Backbone")).thenNothing();
    chain(MESH).when(changeTopology(MESH)).thenNothing();
    chain(MESH).when(dualTunnelOff()).thenNothing();
  }

  @Test
  void toAMeshTheMissingPairsAreLinkedAndTheOthersLeftAlone() {
    chain(PARTIAL_MESH)
        .when(changeTopology(MESH))
        .thenEvents("GroupChanged backbone", "LinkAdded a~c");
  }

  @Test
  void toHubSpokeTheLinksBecomeAStar() {
    chain(MESH).when(toHubSpoke("a")).thenEvents("GroupChanged backbone", "LinkRemoved b~c");
    chain(PARTIAL_MESH)
        .when(toHubSpoke("c"))
        .thenEvents("GroupChanged backbone", "LinkRemoved a~b", "LinkAdded a~c");
  }

  @Test
  void toPartialMeshTheLinksStayAndTheHubIsForgotten() {
    Scenario mesh = chain(MESH);
    mesh.when(changeTopology(PARTIAL_MESH)).thenEvents("GroupChanged backbone");

    Scenario star = chain(MESH).and(toHubSpoke("a"), changeTopology(PARTIAL_MESH));

    assertThat(star.group().settings().hub()).isEmpty();
    assertThat(star.group().linkCount()).isEqualTo(2);
  }

  @Test
  void toHubSpokeAHubIsNamed() {
    chain(MESH)
        .when(changeTopology(HUB_SPOKE))
        .thenRefusedField(INVALID_REQUEST, "hub", "needs a hub");
  }

  @Test
  void theHubOfAGroupWithMembersIsOneOfThem() {
    chain(MESH).when(toHubSpoke("z")).thenRefusedField(UNKNOWN_MEMBER, "hub", "z");
    chain(HUB_SPOKE).when(changeHub("z")).thenRefusedField(UNKNOWN_MEMBER, "hub", "z");
  }

  @Test
  void namingTheDesignatedHubAgainChangesNothing() {
    chain(HUB_SPOKE).when(changeHub("hub")).thenNothing();
  }

  @Test
  void anotherHubMovesTheStar() {
    chain(MESH)
        .and(toHubSpoke("a"))
        .when(changeHub("b"))
        .thenEvents("GroupChanged backbone", "LinkRemoved a~c", "LinkAdded b~c");
  }

  @Test
  void aRemovedHubStaysDesignatedAndIsLinkedWhenItComesBack() {
    Scenario scenario = chain(HUB_SPOKE).and(add(enrolled("hub")));
    scenario
        .when(remove("hub"))
        .thenEvents(
            "LinkRemoved a~hub", "LinkRemoved b~hub", "LinkRemoved c~hub", "MemberRemoved hub");
    scenario.and(remove("hub"));

    assertThat(scenario.group().settings().hub()).contains(Samples.edge("hub"));
    scenario
        .when(add(enrolled("hub")))
        .thenEvents("MemberAdded hub", "LinkAdded a~hub", "LinkAdded b~hub", "LinkAdded c~hub");
  }

  @Test
  void dualTunnelOnGivesEveryMemberAnAddressAndEveryLinkATunnel() {
    Scenario scenario = chain(PARTIAL_MESH);
    scenario
        .when(dualTunnelOn())
        .thenEvents(
            "GroupChanged backbone",
            "MemberChanged a",
            "MemberChanged b",
            "MemberChanged c",
            "LinkChanged a~b",
            "LinkChanged b~c");
    scenario.and(dualTunnelOn());

    assertThat(scenario.member("a").overlayAddresses())
        .containsExactly(IpAddress.parse("100.64.0.1"), IpAddress.parse("100.64.0.4"));
    LinkConfiguration link = scenario.link("a~b");
    assertThat(link.keyVersion()).isEqualTo(2);
    assertThat(link.tunnels()).extracting(Tunnel::interfaceName).containsExactly("wg2", "wg3");
    assertThat(link.tunnels().get(1).endB().overlayAddress())
        .isEqualTo(scenario.member("b").overlayAddresses().get(1));
  }

  @Test
  void dualTunnelOffGivesTheSecondAddressesBack() {
    Scenario scenario = chain(PARTIAL_MESH).and(dualTunnelOn());
    scenario
        .when(dualTunnelOff())
        .thenEvents(
            "GroupChanged backbone",
            "MemberChanged a",
            "MemberChanged b",
            "MemberChanged c",
            "LinkChanged a~b",
            "LinkChanged b~c");
    scenario.and(dualTunnelOff(), add(enrolled("d")));

    assertThat(scenario.link("a~b").tunnels()).hasSize(1);
    assertThat(scenario.member("d").overlayAddresses())
        .containsExactly(IpAddress.parse("100.64.0.4"));
  }

  @Test
  void dualTunnelNeedsAnAddressForEveryMember() {
    Scenario.given(
            createGroup(pooled(settings(PARTIAL_MESH, IPSEC), "10.9.0.0/29")),
            add(enrolled("a")),
            add(enrolled("b")),
            add(enrolled("c")),
            add(enrolled("d")))
        .when(dualTunnelOn())
        .thenRefusedField(ADDRESS_POOL_EXHAUSTED, "dualTunnel", "4 more", "has 2 left");
  }

  @Test
  void topologyAndDualTunnelChangeTogether() {
    GroupCommand both =
        new GroupCommand.ChangeGroup(
            Samples.GROUP,
            Optional.empty(),
            Optional.of(HUB_SPOKE),
            Optional.of(true),
            Optional.of(Samples.edge("c")));

    chain(PARTIAL_MESH)
        .when(both)
        .thenEvents(
            "GroupChanged backbone",
            "MemberChanged a",
            "MemberChanged b",
            "MemberChanged c",
            "LinkRemoved a~b",
            "LinkChanged b~c",
            "LinkAdded a~c");
  }

  @Test
  void aMeshIsBounded() {
    List<GroupCommand> commands = new ArrayList<>();
    commands.add(createGroup(PARTIAL_MESH, IPSEC));
    for (int i = 0; i <= Limits.MAX_MESH_MEMBERS; i++) {
      commands.add(add(awaiting("m" + i)));
    }

    Scenario.given(commands.toArray(GroupCommand[]::new))
        .when(changeTopology(MESH))
        .thenRefusedField(LIMIT_EXCEEDED, "topology", "129", "128");
  }

  @Test
  void deletingAGroupRemovesLinksThenMembersThenTheGroup() {
    chain(PARTIAL_MESH)
        .when(delete())
        .thenEvents(
            "LinkRemoved a~b",
            "LinkRemoved b~c",
            "MemberRemoved a",
            "MemberRemoved b",
            "MemberRemoved c",
            "GroupDeleted");
  }

  @Test
  void aDeletedGroupIsUnknownAndItsIdCanBeUsedAgainWithRevisionsGoingOn() {
    Scenario scenario = chain(PARTIAL_MESH).and(delete());
    long last = scenario.state().revision();

    scenario.when(delete()).thenRefused(UNKNOWN_GROUP);
    Scenario.Answer again = scenario.when(createGroup(MESH, WIREGUARD));

    assertThat(again.events()).extracting(RecordedEvent::revision).containsExactly(last + 1);
  }
}
