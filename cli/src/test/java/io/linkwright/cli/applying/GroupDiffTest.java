package io.linkwright.cli.applying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentStanding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupDiffTest {
  /** The group of these tests: three members, two links. */
  private static final GroupSnapshot NOW = picture("partial-mesh", "a~b", "b~c");

  @Test
  void whatIsAsTheFileSaysIsLeftAlone() throws Exception {
    GroupPlan plan = plan("name: G, members: [{edge: a}], links: []", Unlisted.STAYS);

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.affectedEdges()).isEmpty();
  }

  @Test
  void onlyWhatDiffersIsChanged() throws Exception {
    GroupPlan plan =
        plan(
            "name: H, topology: partial-mesh, members: [{edge: a, name: A}, {edge: b, name:"
                + " a-name}, {edge: d}], links: [[a, b], [d, a]]",
            Unlisted.STAYS);

    assertThat(plan.plannedOn()).isEqualTo(7);
    assertThat(plan.steps(Step.ChangeGroup.class).findFirst().orElseThrow().to().values())
        .containsOnlyKeys(GroupField.NAME);
    assertThat(plan.steps(Step.ChangeMember.class).map(Step.ChangeMember::edge))
        .containsExactly(new EdgeId("a"), new EdgeId("b"));
    assertThat(plan.steps(Step.AddMember.class).map(Step.AddMember::edge))
        .containsExactly(new EdgeId("d"));
    assertThat(plan.steps(Step.AddLink.class).map(Step.AddLink::link))
        .containsExactly(LinkId.parse("a~d"));
    assertThat(plan.steps()).hasSize(5);
    assertThat(plan.affectedEdges()).isEmpty();
    // The new member awaits its enrollment, and so does the link to it.
    assertThat(plan.awaitingEdges()).extracting(EdgeId::value).containsExactly("a", "d");
  }

  @Test
  void pruningRemovesWhatIsNotNamedAndMembersTakeTheirLinks() throws Exception {
    GroupPlan plan = plan("members: [{edge: a}, {edge: b}], links: []", Unlisted.GOES);

    assertThat(plan.steps())
        .containsExactly(
            new Step.RemoveLink(LinkId.parse("a~b")), new Step.RemoveMember(new EdgeId("c"), 1));
    assertThat(plan.affectedEdges()).extracting(EdgeId::value).containsExactly("a", "b", "c");
  }

  @Test
  void pruningLeavesAloneWhatTheFileHasNoListOf() throws Exception {
    assertThat(plan("name: G", Unlisted.GOES).steps()).isEmpty();
    assertThat(plan("members: [{edge: a}, {edge: b}, {edge: c}]", Unlisted.GOES).steps()).isEmpty();
  }

  @Test
  void whatPeersMustKnowOfConcernsThem() throws Exception {
    assertThat(plan("members: [{edge: a, endpoint: 'h:1'}]", Unlisted.STAYS).affectedEdges())
        .extracting(EdgeId::value)
        .containsExactly("a", "b");
    assertThat(plan("dualTunnel: true", Unlisted.STAYS).affectedEdges()).hasSize(3);
    assertThat(plan("dualTunnel: true", Unlisted.STAYS).awaitingEdges()).isEmpty();
    assertThat(plan("topology: mesh", Unlisted.STAYS).affectedEdges())
        .extracting(EdgeId::value)
        .containsExactly("a", "c");
    assertThat(plan("topology: hub-spoke, hub: a", Unlisted.STAYS).affectedEdges())
        .extracting(EdgeId::value)
        .containsExactly("a", "b", "c");
  }

  @Test
  void aPositionIsChangedAsAWhole() throws Exception {
    Step.ChangeMember change =
        plan("members: [{edge: a, latitude: 1, longitude: 0}]", Unlisted.STAYS)
            .steps(Step.ChangeMember.class)
            .findFirst()
            .orElseThrow();

    assertThat(change.to().values()).containsOnlyKeys(MemberField.LATITUDE, MemberField.LONGITUDE);
  }

  @Test
  void whoGivesANetworkUpComesBeforeWhoGetsIt() throws Exception {
    GroupPlan plan =
        plan(
            "members: [{edge: a, allowedSubnets: [10.1.0.0/16]}, {edge: b, allowedSubnets: []}]",
            Unlisted.STAYS);

    assertThat(plan.steps(Step.ChangeMember.class).map(step -> step.edge().value()))
        .containsExactly("b", "a");
  }

  @Test
  void whoTakesOverTheNetworksOfAMemberThatLeavesIsLinkedBeforeThatGoes() throws Exception {
    GroupPlan plan =
        plan(
            "members: [{edge: a}, {edge: c}, {edge: d, allowedSubnets: [10.1.0.0/16]}], links: [[a,"
                + " d], [d, c]]",
            Unlisted.GOES);

    assertThat(plan.steps())
        .extracting(GroupDiffTest::words)
        .containsExactly(
            "change b [\"10.1.0.0/16\"] → []", "add d", "link a~d", "link c~d", "remove b");
  }

  @Test
  void aNewHubIsThereBeforeTheOldOneGoes() throws Exception {
    GroupSnapshot star = star("a", "a~b", "a~c");

    GroupPlan plan =
        GroupDiff.change(
            star,
            wanted("hub: d, topology: hub-spoke, members: [{edge: b}, {edge: c}, {edge: d}]"),
            Unlisted.GOES);

    assertThat(plan.steps())
        .extracting(GroupDiffTest::words)
        .containsExactly("add d", "settings", "remove a");
  }

  @Test
  void membersMaySwapTheirNetworks() throws Exception {
    GroupSnapshot now = picture("partial-mesh", Map.of("a", "10.2.0.0/16", "b", "10.1.0.0/16"));

    GroupPlan plan =
        GroupDiff.change(
            now,
            wanted(
                "members: [{edge: a, allowedSubnets: [10.1.0.0/16]}, {edge: b, allowedSubnets:"
                    + " [10.2.0.0/16]}]"),
            Unlisted.STAYS);

    assertThat(plan.steps())
        .extracting(GroupDiffTest::words)
        .containsExactly(
            "change a [\"10.2.0.0/16\"] → []",
            "change b [\"10.1.0.0/16\"] → [\"10.2.0.0/16\"]",
            "change a [] → [\"10.1.0.0/16\"]");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void howeverNetworksAreDealtAnewEachStepCanBeTaken(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> networks = new ArrayList<>();
    IntStream.range(0, 12).forEach(i -> networks.add("10.%d.0.0/16".formatted(i)));
    Collections.shuffle(networks, random);
    Map<String, String> before = new TreeMap<>();
    IntStream.range(0, 9).forEach(i -> before.put("e" + i, networks.get(i)));
    Collections.shuffle(networks, random);
    String members =
        IntStream.range(random.nextInt(3), 9 + random.nextInt(3))
            .mapToObj(i -> "{edge: e%d, allowedSubnets: [%s]}".formatted(i, networks.get(i)))
            .collect(Collectors.joining(", ", "members: [", "]"));

    GroupSnapshot now = picture("partial-mesh", before, "e0~e1", "e1~e2");
    // Planning rehearses all steps with the domain's own decider, and throws if one is refused.
    GroupPlan plan = GroupDiff.change(now, wanted(members), Unlisted.GOES);

    assertThat(plan.steps(Step.RemoveMember.class).map(step -> step.edge().value()))
        .allMatch(before::containsKey);
    assertThat(plan.steps(Step.ChangeMember.class).count()).isLessThanOrEqualTo(2L * before.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          members: [{edge: a}, {edge: d, allowedSubnets: [10.1.2.0/24]}] | groups[0].members[1].allowedSubnets: 10.1.2.0/24 overlaps 10.1.0.0/16 of member b
          members: [{edge: d, allowedSubnets: [100.64.7.0/24]}] | groups[0].members[0].allowedSubnets: 100.64.7.0/24 overlaps the group's address pool
          members: [{edge: d, allowedSubnets: [10.9.0.0/16, 10.9.1.0/24]}] | 10.9.1.0/24 overlaps 10.9.0.0/16 of d in line 1
          topology: hub-spoke, hub: z | groups[0].hub: z is no member of group g
          """)
  void whatTheServerWouldRefuseIsRefusedWithItsPlace(String settings, String message) {
    assertThatThrownBy(() -> plan(settings, Unlisted.STAYS))
        .isInstanceOf(GroupFileException.class)
        .hasMessageStartingWith("g.yaml:1: ")
        .hasMessageContaining(message);
  }

  @Test
  void aGroupThatIsNotThereIsCreatedFirst() throws Exception {
    WantedGroup wanted =
        wanted(
            "topology: hub-spoke, hub: a, tunnelProtocol: ipsec, members: [{edge: a}, {edge: b}]");

    GroupPlan plan = GroupDiff.create(3, wanted);

    assertThat(plan.plannedOn()).isEqualTo(3);
    assertThat(plan.steps().getFirst()).isEqualTo(new Step.CreateGroup(wanted.settings()));
    assertThat(plan.steps()).hasSize(3);
    assertThat(plan.affectedEdges()).isEmpty();
    assertThat(plan.awaitingEdges()).extracting(EdgeId::value).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tunnelProtocol: ipsec | g.yaml:1: groups[0].tunnelProtocol: group g has wireguard for ever, not ipsec
          addressPool: 10.0.0.0/8 | groups[0].addressPool: group g has 100.64.0.0/16 for ever
          topology: mesh, members: [{edge: a}, {edge: b}], links: [[a, b]] | groups[0].links: the links of group g follow from its topology, mesh
          hub: a | groups[0].hub: is for hub-spoke; this group is partial-mesh
          topology: hub-spoke | groups[0].hub: is required with hub-spoke
          rekeyAfterBytes: 1073741824 | groups[0].rekeyAfterBytes: is for IPsec groups
          """)
  void whatTheGroupCanNeverBecomeIsRefused(String settings, String message) {
    assertThatThrownBy(() -> plan(settings, Unlisted.STAYS))
        .isInstanceOf(GroupFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aNewGroupNeedsAKind() {
    assertThatThrownBy(() -> GroupDiff.create(0, wanted("topology: mesh")))
        .hasMessageContaining("groups[0].tunnelProtocol: is required: there is no group g yet");
  }

  private static GroupPlan plan(String fields, Unlisted unnamed) throws Exception {
    return GroupDiff.change(NOW, wanted(fields), unnamed);
  }

  private static WantedGroup wanted(String fields) throws Exception {
    String file = "groups: [{id: g, %s}]".formatted(fields);
    return GroupFile.read("g.yaml", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)))
        .getFirst();
  }

  private static String words(Step step) {
    return switch (step) {
      case Step.CreateGroup _ -> "create";
      case Step.ChangeGroup _ -> "settings";
      case Step.RemoveMember(EdgeId edge, int _) -> "remove " + edge;
      case Step.ChangeMember(EdgeId edge, var from, var to, var _) ->
          "change %s %s → %s"
              .formatted(
                  edge,
                  from.values().get(MemberField.ALLOWED_SUBNETS),
                  to.values().get(MemberField.ALLOWED_SUBNETS));
      case Step.AddMember added -> "add " + added.edge();
      case Step.RemoveLink(LinkId link) -> "unlink " + link;
      case Step.AddLink(LinkId link) -> "link " + link;
    };
  }

  private static GroupSnapshot picture(String topology, String... links) {
    Map<String, String> networks = new TreeMap<>(Map.of("a", "", "b", "10.1.0.0/16", "c", ""));
    return picture(topology, networks, links);
  }

  private static GroupSnapshot star(String hub, String... links) {
    GroupSnapshot picture = picture("partial-mesh", links);
    ObjectNode settings = picture.settings().json().put("topology", "hub-spoke").put("hub", hub);
    return new GroupSnapshot(
        picture.id(),
        picture.revision(),
        Properties.of(settings, GroupField.class),
        picture.members(),
        picture.links());
  }

  private static GroupSnapshot picture(
      String topology, Map<String, String> networks, String... links) {
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "G")
            .put("topology", topology)
            .put("tunnelProtocol", "wireguard")
            .put("dualTunnel", false)
            .put("addressPool", "100.64.0.0/16");
    SortedMap<EdgeId, MemberPicture> members = new TreeMap<>();
    for (String edge : networks.keySet()) {
      ObjectNode member = JsonNodeFactory.instance.objectNode().put("name", edge + "-name");
      member.put("latitude", 0.0).put("longitude", 0.0);
      var subnets = member.putArray("allowedSubnets");
      if (!networks.get(edge).isEmpty()) {
        subnets.add(networks.get(edge));
      }
      members.put(
          new EdgeId(edge),
          new MemberPicture(Properties.of(member, MemberField.class), EnrollmentStanding.ENROLLED));
    }
    SortedSet<LinkId> pairs = new TreeSet<>();
    for (String link : links) {
      pairs.add(LinkId.parse(link));
    }
    return new GroupSnapshot(
        new GroupId("g"), 7, Properties.of(settings, GroupField.class), members, pairs);
  }
}
