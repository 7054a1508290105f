package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every link of a large group gets new keys while packets go through all tunnels: real process,
 * real broker, real agents; the tunnels are simulated, their cryptography is not.
 */
@Tag("broker")
final class RotationTest {
  private static final String GROUP = "rotation";
  private static final int EDGES = 46;
  private static final int LINKS = 1_000;

  /** Two tunnels for each link, two ends for each tunnel. */
  private static final long TUNNEL_ENDS = 4L * LINKS;

  /** Each end of each of 2,000 tunnels is probed every second or so. */
  private static final ProbeLimits PROBES = new ProbeLimits(2_000, Duration.ofSeconds(1), 5_000);

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void aThousandLinksChangeKeysAndNoPacketIsLost() {
    List<EdgeId> edges =
        IntStream.range(0, EDGES).mapToObj("edge-%02d"::formatted).map(EdgeId::new).toList();
    List<LinkId> links = firstLinksAmong(edges);
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("server"));
    try (EdgeSite edgeSite = new EdgeSite(edges, PROBES);
        LinkwrightApi api = new LinkwrightApi(site.server())) {
      LinkwrightProcess process = LinkwrightProcess.up(site);
      Operator operator = new Operator(api);
      operator.createPartialMesh(GROUP, TunnelProtocol.IPSEC);
      edges.forEach(
          edge ->
              operator.addMember(
                  GROUP, edge.value(), edgeSite.keysOf(edge).publicKeysFor(TunnelProtocol.IPSEC)));
      edgeSite.connect(site.server(), site.controllerKey().publicKey(), directory.resolve("edges"));
      api.send(ApiCommand.post(Operator.links(GROUP) + ":batch", batch(links)));
      Eventually.holds(
          LIMIT,
          () -> edgeSite.tunnelEndsUp() == TUNNEL_ENDS,
          () -> edgeSite.tunnelEndsUp() + " ends of tunnels are up");
      long lostBefore = edgeSite.lostProbes();
      long sentBefore = edgeSite.probes();

      for (LinkId link : links) {
        api.send(ApiCommand.post(Operator.links(GROUP) + "/" + link + ":rekey", Operator.object()));
      }

      Log log = new Log(site.bootstrapServers());
      Eventually.holds(
          LIMIT,
          () -> isAcknowledged(api) && log.linksChangingKeys() == 0,
          () -> "links with former keys: " + log.linksChangingKeys());
      assertThat(edgeSite.probes() - sentBefore).as("probes").isGreaterThan(LINKS);
      assertThat(edgeSite.lostProbes() - lostBefore).as("probes lost").isZero();
      assertThat(edgeSite.tunnelEndsUp()).isEqualTo(TUNNEL_ENDS);
      process.close();
    }
  }

  private static List<LinkId> firstLinksAmong(List<EdgeId> edges) {
    List<LinkId> links = new ArrayList<>();
    for (int one = 0; one < edges.size(); one++) {
      for (int other = one + 1; other < edges.size() && links.size() < LINKS; other++) {
        links.add(LinkId.between(edges.get(one), edges.get(other)));
      }
    }
    return links;
  }

  private static ObjectNode batch(List<LinkId> links) {
    ObjectNode body = Operator.object();
    ArrayNode add = body.putArray("add");
    links.forEach(link -> add.add(Operator.pair(link.edgeA().value(), link.edgeB().value())));
    return body;
  }

  private static boolean isAcknowledged(LinkwrightApi api) {
    JsonNode members = api.get(Operator.members(GROUP) + "?limit=" + EDGES);
    for (JsonNode member : members.get("members")) {
      if (member.get("acknowledgedRevision").asLong() < member.get("desiredRevision").asLong()) {
        return false;
      }
    }
    return true;
  }
}
