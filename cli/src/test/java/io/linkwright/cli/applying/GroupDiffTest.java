package io.linkwright.cli.applying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupPicture;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EnrollmentStanding;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupDiffTest {
  /** The group of these tests: three members, two links. */
  private static final GroupPicture NOW = picture("partial-mesh", "a~b", "b~c");

  @Test
  void whatIsAsTheFileSaysIsLeftAlone() throws Exception {
    GroupPlan plan = plan("name: G, members: [{edge: a}], links: []", Unnamed.STAYS);

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.affectedEdges()).isEmpty();
  }

  @Test
  void onlyWhatDiffersIsChanged() throws Exception {
    GroupPlan plan =
        plan(
            "name: H, topology: partial-mesh, members: [{edge: a, name: A}, {edge: b, name:"
                + " a-name}, {edge: d}], links: [[a, b], [d, a]]",
            Unnamed.STAYS);

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
    assertThat(plan.affectedEdges()).extracting(EdgeId::value).containsExactly("a", "d");
  }

  @Test
  void pruningRemovesWhatIsNotNamedAndMembersTakeTheirLinks() throws Exception {
    GroupPlan plan = plan("members: [{edge: a}, {edge: b}], links: []", Unnamed.GOES);

    assertThat(plan.steps())
        .containsExactly(
            new Step.RemoveMember(new EdgeId("c"), 1), new Step.RemoveLink(LinkId.parse("a~b")));
    assertThat(plan.affectedEdges()).extracting(EdgeId::value).containsExactly("a", "b", "c");
  }

  @Test
  void pruningLeavesAloneWhatTheFileHasNoListOf() throws Exception {
    assertThat(plan("name: G", Unnamed.GOES).steps()).isEmpty();
    assertThat(plan("members: [{edge: a}, {edge: b}, {edge: c}]", Unnamed.GOES).steps()).isEmpty();
  }

  @Test
  void whatPeersMustKnowOfConcernsThem() throws Exception {
    assertThat(plan("members: [{edge: a, endpoint: 'h:1'}]", Unnamed.STAYS).affectedEdges())
        .extracting(EdgeId::value)
        .containsExactly("a", "b");
    assertThat(plan("dualTunnel: true", Unnamed.STAYS).affectedEdges()).hasSize(3);
    assertThat(plan("topology: mesh", Unnamed.STAYS).affectedEdges())
        .extracting(EdgeId::value)
        .containsExactly("a", "c");
    assertThat(plan("topology: hub-spoke, hub: a", Unnamed.STAYS).affectedEdges())
        .extracting(EdgeId::value)
        .containsExactly("a", "b", "c");
  }

  @Test
  void aPositionIsChangedAsAWhole() throws Exception {
    Step.ChangeMember change =
        plan("members: [{edge: a, latitude: 1, longitude: 0}]", Unnamed.STAYS)
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
            Unnamed.STAYS);

    assertThat(plan.steps(Step.ChangeMember.class).map(step -> step.edge().value()))
        .containsExactly("b", "a");
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
    assertThat(plan.affectedEdges()).extracting(EdgeId::value).containsExactly("a", "b");
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
    assertThatThrownBy(() -> plan(settings, Unnamed.STAYS))
        .isInstanceOf(GroupFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aNewGroupNeedsAKind() {
    assertThatThrownBy(() -> GroupDiff.create(0, wanted("topology: mesh")))
        .hasMessageContaining("groups[0].tunnelProtocol: is required: there is no group g yet");
  }

  private static GroupPlan plan(String fields, Unnamed unnamed) throws Exception {
    return GroupDiff.change(NOW, wanted(fields), unnamed);
  }

  private static WantedGroup wanted(String fields) throws Exception {
    String file = "groups: [{id: g, %s}]".formatted(fields);
    return GroupFile.read("g.yaml", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)))
        .getFirst();
  }

  private static GroupPicture picture(String topology, String... links) {
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "G")
            .put("topology", topology)
            .put("tunnelProtocol", "wireguard")
            .put("dualTunnel", false)
            .put("addressPool", "100.64.0.0/16");
    SortedMap<EdgeId, MemberPicture> members = new TreeMap<>();
    for (String edge : List.of("a", "b", "c")) {
      ObjectNode member = JsonNodeFactory.instance.objectNode().put("name", edge + "-name");
      member.put("latitude", 0.0).put("longitude", 0.0);
      var subnets = member.putArray("allowedSubnets");
      if (edge.equals("b")) {
        subnets.add("10.1.0.0/16");
      }
      members.put(
          new EdgeId(edge),
          new MemberPicture(Properties.of(member, MemberField.class), EnrollmentStanding.ENROLLED));
    }
    SortedSet<LinkId> pairs = new TreeSet<>();
    for (String link : links) {
      pairs.add(LinkId.parse(link));
    }
    return new GroupPicture(
        new GroupId("g"), 7, Properties.of(settings, GroupField.class), members, pairs);
  }
}
