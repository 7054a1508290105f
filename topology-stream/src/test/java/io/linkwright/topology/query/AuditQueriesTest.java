package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of a group's past. */
final class AuditQueriesTest {
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
  void theAuditLogTellsWhoDidWhatAndWhatFollowed() throws Exception {
    abilene.threeMembersAndALink();
    JsonNode page = server.get("/v1/groups/abilene/events?from=4&limit=1");
    assertThat(page.get("revision").asLong()).isEqualTo(5);
    assertThat(page.get("next").asLong()).isEqualTo(5);
    JsonNode added = page.get("events").get(0);
    assertThat(added.get("type").asText()).isEqualTo("MemberAdded");
    assertThat(added.get("actor").asText()).isEqualTo("tester");
    assertThat(added.get("consequences"))
        .hasToString("[{\"type\":\"MemberIsolated\",\"edge\":\"seattle\"}]");
    JsonNode linked = server.get("/v1/groups/abilene/events?from=5").get("events").get(0);
    assertThat(linked.get("link").get("tunnels")).hasSize(2);
    assertThat(linked.get("link").get("tunnels").get(0).get("keys").get("aToB").get("spi").asLong())
        .isGreaterThanOrEqualTo(256);
    assertThat(linked.get("consequences")).hasSize(2);
    assertThat(server.get("/v1/groups/abilene/events?from=6").get("events")).isEmpty();
  }

  @Test
  void everyEventHasItsPlaceInTheAuditLog() throws Exception {
    fixture.apply(
        history
            .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
            .members("a")
            .awaiting("b")
            .link("a", "b")
            .enroll("b")
            .unlink("a", "b")
            .remove("b")
            .change(Topology.MESH)
            .remove("a")
            .delete());
    assertThat(server.get("/v1/groups/abilene/events").get("events").findValuesAsText("type"))
        .contains(
            "GroupCreated",
            "GroupChanged",
            "GroupDeleted",
            "MemberAdded",
            "MemberChanged",
            "MemberRemoved",
            "LinkAdded",
            "LinkChanged",
            "LinkRemoved");
    assertThat(server.problem(404, "/v1/groups/abilene")).isEqualTo("UNKNOWN_GROUP");
  }
}
