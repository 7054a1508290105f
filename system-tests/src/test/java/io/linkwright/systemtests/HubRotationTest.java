package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All 1,000 links of a hub get new keys at once while pings go through. The hub and some spokes are
 * real: WireGuard in network namespaces. The other spokes have agents whose tunnels are simulated,
 * so the hub has 1,000 peers and makes every step with each of them.
 */
@Tag("kernel")
final class HubRotationTest {
  private static final String GROUP = "hub";
  private static final int HUB = 0;
  private static final int REAL_SPOKES = 4;
  private static final int LINKS = 1_000;

  /** A round takes 5 s. */
  private static final Pings PINGS = new Pings(100, Duration.ofMillis(50));

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path directory;
  private RealNetwork network;
  private LinkwrightApi api;

  @BeforeEach
  void startServerAndSites() {
    network = RealNetwork.start(directory, GROUP, false, REAL_SPOKES + 1);
    api = network.api();
  }

  @AfterEach
  void stop() {
    if (network != null) {
      network.close();
    }
  }

  @Test
  void aThousandLinksOfAHubChangeKeysAndNoPacketIsLost() {
    List<EdgeId> far =
        IntStream.range(REAL_SPOKES, LINKS)
            .mapToObj("far-%03d"::formatted)
            .map(EdgeId::new)
            .toList();
    try (EdgeSite simulated = new EdgeSite(far)) {
      Operator operator = new Operator(api);
      far.forEach(
          edge ->
              operator.addMember(
                  GROUP,
                  edge.value(),
                  simulated.keysOf(edge).publicKeysFor(TunnelProtocol.WIREGUARD)));
      simulated.connect(network.server().server(), network.controller(), directory.resolve("far"));
      long linked =
          api.send(ApiCommand.post(Operator.links(GROUP) + ":batch", linksOfTheHub(far)))
              .get("revision")
              .asLong();
      Eventually.holds(LIMIT, () -> hubRuns(linked), this::hub);
      Eventually.holds(LIMIT, this::allAnswer, this::hub);

      List<List<Integer>> lost = pingsWhile(() -> rekeyAll(linked));

      assertThat(lost).hasSizeGreaterThanOrEqualTo(REAL_SPOKES).allMatch(List::isEmpty);
    }
  }

  /** Returns when no link has former keys any more. */
  private void rekeyAll(long linked) {
    ApiCommand rekey =
        ApiCommand.post(Operator.members(GROUP) + "/" + edge(HUB) + ":rekey", Operator.object());
    long rekeyed = api.send(rekey).get("revision").asLong();
    assertThat(rekeyed - linked).isEqualTo(LINKS);
    Log log = new Log(network.server().bootstrapServers());
    Eventually.holds(
        LIMIT,
        () -> hubRuns(rekeyed) && log.linksChangingKeys() == 0,
        () -> "links with former keys: " + log.linksChangingKeys());
  }

  /** Rounds of pings to every real spoke, one round after the other, and what each has lost. */
  private List<List<Integer>> pingsWhile(Runnable work) {
    AtomicBoolean over = new AtomicBoolean();
    List<Future<List<List<Integer>>>> pings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int spoke = 1; spoke <= REAL_SPOKES; spoke++) {
        int number = spoke;
        pings.add(threads.submit(() -> rounds(number, over)));
      }
      try {
        work.run();
      } finally {
        over.set(true);
      }
    }
    return pings.stream().flatMap(each -> each.resultNow().stream()).toList();
  }

  private List<List<Integer>> rounds(int spoke, AtomicBoolean over) {
    List<List<Integer>> lost = new ArrayList<>();
    do {
      lost.add(PINGS.lost(network.at(HUB), lan(spoke)));
    } while (!over.get());
    return lost;
  }

  private ObjectNode linksOfTheHub(List<EdgeId> far) {
    ObjectNode body = Operator.object();
    ArrayNode add = body.putArray("add");
    for (int spoke = 1; spoke <= REAL_SPOKES; spoke++) {
      add.add(Operator.pair(edge(HUB), edge(spoke)));
    }
    far.forEach(edge -> add.add(Operator.pair(edge(HUB), edge.value())));
    return body;
  }

  private boolean hubRuns(long revision) {
    JsonNode hub = api.get(Operator.members(GROUP) + "/" + edge(HUB) + "?minRevision=" + revision);
    return hub.path("acknowledgedRevision").asLong() >= revision;
  }

  private boolean allAnswer() {
    return IntStream.rangeClosed(1, REAL_SPOKES)
        .allMatch(spoke -> network.at(HUB).reaches(lan(spoke)));
  }

  private String hub() {
    return "hub: " + api.get(Operator.members(GROUP) + "/" + edge(HUB));
  }

  private String edge(int number) {
    return network.edge(number).value();
  }

  private String lan(int number) {
    return network.lan(number);
  }
}
