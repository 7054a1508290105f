package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import io.linkwright.topology.view.StatusRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of links, their tunnels and the graph. */
final class QueryRoutesTest {
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

  private void givenThreeMembersAndALink() {
    abilene.threeMembersAndALink();
  }

  private void hear(String edge, long acknowledged, TunnelState... tunnels) {
    abilene.hear(edge, acknowledged, tunnels);
  }

  @Test
  void aTunnelIsUnknownUntilBothEndsHaveReported() throws Exception {
    givenThreeMembersAndALink();
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Unknown");
    hear("denver", 5, TunnelState.UP, TunnelState.DOWN);
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Down");
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    assertThat(tunnelTexts()).containsExactly("SA: Established", "SA: Down");
  }

  @Test
  void aReportGrowsStale() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    fixture.setNow(fixture.now().plus(StatusRecord.HEARD_WITHIN));
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Unknown");
    assertThat(server.get("/v1/groups/abilene/links").findValuesAsText("heardAt"))
        .containsOnly(fixture.now().minus(StatusRecord.HEARD_WITHIN).toString());
    JsonNode member = server.get("/v1/groups/abilene/members/denver");
    assertThat(member.get("connected").asBoolean()).isFalse();
    assertThat(member.get("acknowledgedRevision").asLong()).isEqualTo(5);
  }

  @Test
  void aLinkAddedAgainIsUnknownUntilItsEndsAcknowledgeIt() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    fixture.apply(history.unlink("denver", "kansas-city").link("denver", "kansas-city"));
    assertThat(tunnelTexts()).containsExactly("SA: Unknown", "SA: Unknown");
  }

  @Test
  void aFaultThatOneEndSeesShowsAtThatEndAndDegradesTheLink() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.DOWN, TunnelState.UP);
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);

    JsonNode tunnel =
        server.get("/v1/groups/abilene/links").get("links").get(0).get("tunnels").get(0);
    assertThat(tunnel.get("status").asText()).isEqualTo("DOWN");
    assertThat(tunnel.get("ends").findValuesAsText("status")).containsExactly("DOWN", "UP");
    assertThat(tunnel.get("ends").findValuesAsText("heardAt"))
        .containsExactly(fixture.now().toString(), fixture.now().toString());
    assertThat(faults("LINK_DEGRADED"))
        .containsExactly(
            "Link denver~kansas-city has lost wg2 and runs on wg3 alone."
                + " Look at the ends of the tunnel that is down.");
  }

  @Test
  void aLinkIsDownWithAllItsTunnelsAndDegradedWithOneOfTwo() throws Exception {
    givenThreeMembersAndALink();
    hear("kansas-city", 5, TunnelState.UP, TunnelState.UP);
    hear("denver", 5, TunnelState.DOWN, TunnelState.DOWN);
    assertThat(faults("LINK_DEGRADED")).isEmpty();
    assertThat(faults("LINK_DOWN"))
        .containsExactly(
            "Link denver~kansas-city is down: denver and kansas-city do not reach each other."
                + " Look at what its ends say.");

    hear("denver", 5, TunnelState.UP, TunnelState.DOWN);
    assertThat(faults("LINK_DEGRADED")).hasSize(1);

    fixture.setNow(fixture.now().plusSeconds(61));
    assertThat(faults("LINK_DEGRADED")).isEmpty();

    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    assertThat(faults("LINK_DEGRADED")).isEmpty();
  }

  private List<String> faults(String code) throws Exception {
    List<String> messages = new ArrayList<>();
    for (JsonNode notice : server.get("/v1/groups/abilene").get("notices")) {
      if (notice.get("code").asText().equals(code)) {
        assertThat(notice.get("link").asText()).isEqualTo("denver~kansas-city");
        messages.add(notice.get("message").asText());
      }
    }
    return messages;
  }

  @Test
  void anEndedConnectionEndsNothingOfANewerOne() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5, TunnelState.UP, TunnelState.UP);
    fixture.hear(
        new EdgeStatus(
            history.id(),
            new EdgeId("denver"),
            "connection-0",
            fixture.now().minusSeconds(90),
            false,
            3,
            Optional.of("connection lost"),
            List.of(),
            fixture.now().plusSeconds(1)));
    JsonNode member = server.get("/v1/groups/abilene/members/denver");
    assertThat(member.get("connected").asBoolean()).isTrue();
    assertThat(member.get("acknowledgedRevision").asLong()).isEqualTo(5);
  }

  @Test
  void aForgottenEdgeIsNotConnected() throws Exception {
    givenThreeMembersAndALink();
    hear("denver", 5);
    fixture.forget(history.id(), "denver");
    assertThat(server.get("/v1/groups/abilene/members/denver").get("connected").asBoolean())
        .isFalse();
  }

  @Test
  void linksOfAnEdgeAreListedPageByPage() throws Exception {
    givenThreeMembersAndALink();
    fixture.apply(history.members("atlanta").link("denver", "seattle").link("denver", "atlanta"));
    JsonNode first = server.get("/v1/groups/abilene/links?edge=denver&limit=2");
    assertThat(first.get("links").findValuesAsText("id"))
        .containsExactly("atlanta~denver", "denver~kansas-city");
    assertThat(first.get("next").asText()).isEqualTo("denver~kansas-city");
    assertThat(first.get("links").get(0).get("removable").asBoolean()).isTrue();
    JsonNode second =
        server.get("/v1/groups/abilene/links?edge=denver&limit=2&after=denver~kansas-city");
    assertThat(second.get("links").findValuesAsText("id")).containsExactly("denver~seattle");
    JsonNode all = server.get("/v1/groups/abilene/links?after=denver~kansas-city");
    assertThat(all.get("links").findValuesAsText("id")).containsExactly("denver~seattle");
  }

  @Test
  void linksOfAMeshAreNotRemovable() throws Exception {
    fixture.apply(
        history.create(Topology.MESH, TunnelProtocol.WIREGUARD).members("denver", "seattle"));
    JsonNode link = server.get("/v1/groups/abilene/links").get("links").get(0);
    assertThat(link)
        .hasToString(
            "{\"id\":\"denver~seattle\",\"edgeA\":\"denver\",\"edgeB\":\"seattle\","
                + "\"removable\":false,\"tunnels\":[{\"index\":0,\"interface\":\"wg2\","
                + "\"status\":\"UNKNOWN\",\"statusText\":\"Unknown\","
                + "\"ends\":[{\"edge\":\"denver\",\"status\":\"UNKNOWN\",\"heardAt\":null},"
                + "{\"edge\":\"seattle\",\"status\":\"UNKNOWN\",\"heardAt\":null}]}]}");
  }

  @Test
  void theGraphHasNodesEdgesAndWhatHoldsTogether() throws Exception {
    givenThreeMembersAndALink();
    fixture.apply(history.members("a", "b", "c").link("a", "b").link("b", "c"));
    JsonNode graph = server.get("/v1/groups/abilene/graph");
    assertThat(graph.get("nodes")).hasSize(6);
    assertThat(graph.get("nodes").get(0))
        .hasToString(
            "{\"edge\":\"a\",\"name\":\"Edge a\",\"latitude\":39.74,\"longitude\":-104.99}");
    assertThat(graph.get("edges")).hasSize(3);
    assertThat(graph.get("isolated")).hasToString("[\"seattle\"]");
    assertThat(graph.get("components"))
        .hasToString("[[\"a\",\"b\",\"c\"],[\"denver\",\"kansas-city\"]]");
  }

  private List<String> tunnelTexts() throws Exception {
    return server
        .get("/v1/groups/abilene/links?edge=denver")
        .get("links")
        .get(0)
        .findValuesAsText("statusText");
  }
}
