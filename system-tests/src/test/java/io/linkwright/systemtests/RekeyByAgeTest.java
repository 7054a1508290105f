package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys that become old change by themselves under running packets: real process, broker, agents.
 */
@Tag("broker")
final class RekeyByAgeTest {
  private static final String GROUP = "ageing";
  private static final String INTERVAL = "PT1M";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId OMAHA = new EdgeId("omaha");

  @TempDir private Path directory;

  @Test
  void keysChangeByAgeNoProbeIsLostAndTheLogSaysWho() {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("server"));
    List<EdgeId> edges = List.of(DENVER, OMAHA);
    try (EdgeSite edgeSite = new EdgeSite(edges, ProbeLimits.DEFAULT);
        LinkwrightApi api = new LinkwrightApi(site.server())) {
      LinkwrightProcess process = LinkwrightProcess.up(site);
      Operator operator = new Operator(api);
      operator.createPartialMesh(GROUP, TunnelProtocol.IPSEC);
      edges.forEach(
          edge ->
              operator.addMember(
                  GROUP, edge.value(), edgeSite.keysOf(edge).publicKeysFor(TunnelProtocol.IPSEC)));
      edgeSite.connect(site.server(), site.controllerKey().publicKey(), directory.resolve("edges"));
      api.send(ApiCommand.post(Operator.links(GROUP), Operator.pair("denver", "omaha")));
      api.send(
          ApiCommand.patch(
              "/v1/groups/" + GROUP,
              Operator.object().put("rekeyEvery", INTERVAL).put("saAlgorithm", "aes-gcm-256-esn")));
      Eventually.holds(
          LIMIT,
          () -> edgeSite.tunnelEndsUp() == 4,
          () -> edgeSite.tunnelEndsUp() + " ends are up");
      long lost = edgeSite.lostProbes();

      Eventually.holds(LIMIT, () -> !byAge(api).isEmpty(), () -> "events: " + events(api));

      JsonNode event = byAge(api).getFirst();
      assertThat(event.path("actor").asText()).isEqualTo("linkwright");
      assertThat(event.at("/link/id").asText()).isEqualTo("denver~omaha");
      assertThat(event.at("/link/keyVersion").asInt()).isEqualTo(3);
      assertThat(event.at("/link/tunnels/0/keys/aToB/algorithm").asText())
          .isEqualTo("aes-gcm-256-esn");
      JsonNode group = api.get("/v1/groups/" + GROUP);
      assertThat(group.path("rekeyEvery").asText()).isEqualTo(INTERVAL);
      assertThat(group.path("saAlgorithm").asText()).isEqualTo("aes-gcm-256-esn");
      Log log = new Log(site.bootstrapServers());
      Eventually.holds(
          LIMIT,
          () -> log.edgeStatuses().stream().allMatch(status -> status.keyChanges().isEmpty()),
          () -> "keys still change: " + log.edgeStatuses());
      assertThat(edgeSite.tunnelEndsUp()).isEqualTo(4);
      assertThat(edgeSite.lostProbes() - lost).as("probes lost").isZero();
      process.close();
    }
  }

  private static JsonNode events(LinkwrightApi api) {
    return api.get("/v1/groups/" + GROUP + "/events?limit=100").path("events");
  }

  /** What the writer's own schedule has brought about. */
  private static List<JsonNode> byAge(LinkwrightApi api) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event : events(api)) {
      if (event.path("actor").asText().equals("linkwright")) {
        found.add(event);
      }
    }
    return found;
  }
}
