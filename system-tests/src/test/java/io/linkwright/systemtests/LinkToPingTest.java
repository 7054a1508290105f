package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way: an operator adds a link over HTTP, and a ping goes through between two sites; the
 * operator removes it, and it stops. Everything is real but the distance.
 */
@Tag("kernel")
final class LinkToPingTest {
  private static final String GROUP = "real";
  private static final int SITES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private RealNetwork network;
  private Operator operator;

  @BeforeEach
  void startServerAndThreeSites() {
    network = RealNetwork.start(directory, GROUP, true, SITES);
    operator = new Operator(network.api());
    Eventually.holds(LIMIT, this::allConnected, () -> "members: " + get("members"));
  }

  @AfterEach
  void stop() {
    if (network != null) {
      network.close();
    }
  }

  @Test
  void aPingGoesThroughWhenTheLinkIsAddedAndStopsWhenItIsRemoved(TestReporter reporter) {
    boolean before = reaches(0, 1);

    long startNanos = System.nanoTime();
    operator.addLink(GROUP, network.edge(0).value(), network.edge(1).value());
    Eventually.holds(LIMIT, this::isAnsweredAtOnce, () -> "no ping: " + get("links"));
    long elapsedMs = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    reporter.publishEntry("from the command to the first ping, ms", Long.toString(elapsedMs));
    System.out.printf("from the command to the first ping: %d ms%n", elapsedMs);

    Eventually.holds(LIMIT, this::allTunnelsUp, () -> "links: " + get("links"));
    boolean strangerReached = reaches(0, 2);
    operator.removeLink(GROUP, network.edge(0).value(), network.edge(1).value());
    Eventually.holds(LIMIT, () -> !reaches(0, 1), () -> "still a ping: " + get("links"));

    assertThat(before).isFalse();
    assertThat(strangerReached).isFalse();
    Eventually.holds(
        LIMIT,
        () -> !network.at(0).attempt("ip link show wg2").succeeded(),
        () -> "wg2 is left behind");
  }

  private boolean reaches(int from, int to) {
    return network.at(from).reaches(network.lan(to));
  }

  /** Does not wait long for an answer: a ping that came too early would add its second. */
  private boolean isAnsweredAtOnce() {
    return network.at(0).attempt("ping -n -c 1 -W 0.1 " + network.lan(1)).succeeded();
  }

  private boolean allConnected() {
    List<Boolean> connected = new ArrayList<>();
    get("members")
        .path("members")
        .forEach(member -> connected.add(member.path("connected").asBoolean()));
    return connected.equals(List.of(true, true, true));
  }

  private boolean allTunnelsUp() {
    List<String> statuses = new ArrayList<>();
    get("links")
        .path("links")
        .forEach(
            link ->
                link.path("tunnels")
                    .forEach(tunnel -> statuses.add(tunnel.path("status").asText())));
    return statuses.equals(List.of("UP", "UP"));
  }

  private JsonNode get(String what) {
    return network.api().get("/v1/groups/" + GROUP + "/" + what);
  }
}
