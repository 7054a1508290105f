package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of groups and their members. */
final class GroupQueriesTest {
  @TempDir private Path stateDir;
  private AbileneView abilene;
  private GroupHistory history;
  private ViewFixture fixture;
  private ViewServer server;

  @BeforeEach
  void start() {
    abilene = AbileneView.in(stateDir);
    history = abilene.history();
    fixture = abilene.fixture();
    server = abilene.server();
  }

  @AfterEach
  void stop() {
    abilene.close();
  }

  @Test
  void aGroupTellsItsCountsItsIsolatedMembersAndWhatToDoAboutThem() throws Exception {
    abilene.threeMembersAndALink();
    JsonNode group = server.get("/v1/groups/abilene");
    assertThat(group.get("id").asText()).isEqualTo("abilene");
    assertThat(group.get("name").asText()).isEqualTo("Group abilene");
    assertThat(group.get("topology").asText()).isEqualTo("partial-mesh");
    assertThat(group.get("tunnelProtocol").asText()).isEqualTo("ipsec");
    assertThat(group.get("dualTunnel").asBoolean()).isTrue();
    assertThat(group.get("hub").isNull()).isTrue();
    assertThat(group.get("revision").asLong()).isEqualTo(5);
    assertThat(group.get("memberCount").asLong()).isEqualTo(3);
    assertThat(group.get("linkCount").asLong()).isEqualTo(1);
    assertThat(group.get("isolatedMembers")).hasToString("[\"seattle\"]");
    assertThat(group.get("notices")).hasSize(1);
    JsonNode notice = group.get("notices").get(0);
    assertThat(notice.get("code").asText()).isEqualTo("ISOLATED_MEMBER");
    assertThat(notice.get("severity").asText()).isEqualTo("info");
    assertThat(notice.get("edge").asText()).isEqualTo("seattle");
    assertThat(notice.get("message").asText()).contains("no traffic can flow");
  }

  @Test
  void aPartialMeshWithEveryPairLinkedIsToldOfTheMesh() throws Exception {
    abilene.threeMembersAndALink();
    fixture.apply(history.link("denver", "seattle").link("kansas-city", "seattle"));
    assertThat(server.get("/v1/groups/abilene").get("notices").findValuesAsText("code"))
        .containsExactly("MESH_COMPLETE");
  }

  @Test
  void aHubThatIsNoMemberIsMissed() throws Exception {
    fixture.apply(
        history
            .create(Topology.HUB_SPOKE, TunnelProtocol.WIREGUARD, false, Optional.of("chicago"))
            .members("denver"));
    JsonNode group = server.get("/v1/groups/abilene");
    assertThat(group.get("notices").get(0).get("code").asText()).isEqualTo("HUB_MISSING");
    assertThat(group.get("isolatedMembers")).isEmpty();
    fixture.apply(history.members("chicago"));
    assertThat(server.get("/v1/groups/abilene").get("notices")).isEmpty();
  }

  @Test
  void groupsAreListedInOrderPageByPage() throws Exception {
    for (String id : List.of("cogent", "abilene", "geant")) {
      fixture.apply(new GroupHistory(id).create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD));
    }
    JsonNode first = server.get("/v1/groups?limit=2");
    assertThat(first.get("groups").findValuesAsText("id")).containsExactly("abilene", "cogent");
    assertThat(first.get("next").asText()).isEqualTo("cogent");
    JsonNode second = server.get("/v1/groups?limit=2&after=cogent");
    assertThat(second.get("groups").findValuesAsText("id")).containsExactly("geant");
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void membersAreListedWithWhatTheyShouldRunAndSayTheyRun() throws Exception {
    abilene.threeMembersAndALink();
    abilene.hear("denver", 4);
    JsonNode page = server.get("/v1/groups/abilene/members?limit=2");
    assertThat(page.get("revision").asLong()).isEqualTo(5);
    assertThat(page.get("members").findValuesAsText("edge"))
        .containsExactly("denver", "kansas-city");
    assertThat(page.get("next").asText()).isEqualTo("kansas-city");
    assertThat(page.get("members").get(0))
        .hasToString(
            "{\"edge\":\"denver\",\"name\":\"Edge denver\","
                + "\"endpoint\":\"denver.example.net:51820\",\"enrolled\":true,"
                + "\"enrollment\":\"enrolled\",\"allowedSubnets\":[],"
                + "\"overlayAddresses\":[\"100.64.0.1\",\"100.64.0.2\"],"
                + "\"latitude\":39.74,\"longitude\":-104.99,"
                + "\"linkCount\":1,\"isolated\":false,"
                + "\"connected\":true,\"desiredRevision\":5,\"acknowledgedRevision\":4,"
                + "\"lastError\":null}");
    JsonNode last = server.get("/v1/groups/abilene/members?after=kansas-city");
    assertThat(last.get("members").get(0).get("isolated").asBoolean()).isTrue();
    assertThat(last.get("members").get(0).get("desiredRevision").asLong()).isEqualTo(4);
    assertThat(last.get("next").isNull()).isTrue();
  }

  @Test
  void aMemberTellsAllThatIsKnownOfIt() throws Exception {
    abilene.threeMembersAndALink();
    JsonNode member = server.get("/v1/groups/abilene/members/seattle");
    assertThat(member.get("enrolled").asBoolean()).isTrue();
    assertThat(member.get("enrollment").asText()).isEqualTo("enrolled");
    assertThat(member.get("latitude").asDouble()).isEqualTo(39.74);
    assertThat(member.get("overlayAddresses")).hasSize(2);
    assertThat(server.problem(404, "/v1/groups/abilene/members/boston"))
        .isEqualTo("UNKNOWN_MEMBER");
  }
}
