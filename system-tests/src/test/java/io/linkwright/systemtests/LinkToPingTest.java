package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way: an operator adds a link over HTTP, and a ping goes through between two sites; the
 * operator removes it, and it stops. Everything is real but the distance.
 */
final class LinkToPingTest {
  private static final String GROUP = "real";
  private static final int SITES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final List<EdgeAgent> agents = new ArrayList<>();
  private LinkwrightProcess process;
  private AgentRuntime runtime;
  private Underlay underlay;
  private LinkwrightApi api;
  private Operator operator;

  @BeforeEach
  void startServerAndThreeSites() {
    RealTunnels.require("wg", "wireguard-go", "ip", "ping", "unshare", "nsenter");
    underlay = Underlay.ofSites(SITES);
    LinkwrightProcess.Site server = LinkwrightProcess.Site.in(directory.resolve("server"));
    process = LinkwrightProcess.up(server);
    api = new LinkwrightApi(server.server());
    operator = new Operator(api);
    operator.createPartialMesh(GROUP, TunnelProtocol.WIREGUARD);
    runtime = AgentRuntime.start();
    ControllerPublicKey controller =
        ControllerKey.loadOrCreate(server.dataDirectory().resolve("controller-key.pem"))
            .publicKey();
    for (int number = 0; number < SITES; number++) {
      RealSite site = RealSite.of(underlay, number);
      site.join(api, GROUP);
      agents.add(site.start(server.server(), controller, directory, runtime));
    }
    Eventually.holds(LIMIT, this::allConnected, () -> "members: " + get("members"));
  }

  @AfterEach
  void stop() {
    agents.forEach(EdgeAgent::close);
    if (runtime != null) {
      runtime.close();
      api.close();
      process.close();
    }
    if (underlay != null) {
      underlay.close();
    }
  }

  @Test
  void aPingGoesThroughWhenTheLinkIsAddedAndStopsWhenItIsRemoved(TestReporter reporter) {
    boolean before = reaches(0, 1);

    long startNanos = System.nanoTime();
    operator.addLink(GROUP, edge(0).value(), edge(1).value());
    Eventually.holds(LIMIT, this::isAnsweredAtOnce, () -> "no ping: " + get("links"));
    long elapsedMs = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    reporter.publishEntry("from the command to the first ping, ms", Long.toString(elapsedMs));
    System.out.printf("from the command to the first ping: %d ms%n", elapsedMs);

    Eventually.holds(LIMIT, this::allTunnelsUp, () -> "links: " + get("links"));
    boolean strangerReached = reaches(0, 2);
    operator.removeLink(GROUP, edge(0).value(), edge(1).value());
    Eventually.holds(LIMIT, () -> !reaches(0, 1), () -> "still a ping: " + get("links"));

    assertThat(before).isFalse();
    assertThat(strangerReached).isFalse();
    Eventually.holds(
        LIMIT,
        () -> !underlay.site(0).shell().attempt("ip link show wg2").succeeded(),
        () -> "wg2 is left behind");
  }

  private static EdgeId edge(int number) {
    return new EdgeId("site-" + number);
  }

  private boolean reaches(int from, int to) {
    return underlay.site(from).shell().reaches(underlay.site(to).lanAddress().toString());
  }

  /** Does not wait long for an answer: a ping that came too early would add its second. */
  private boolean isAnsweredAtOnce() {
    String address = underlay.site(1).lanAddress().toString();
    return underlay.site(0).shell().attempt("ping -n -c 1 -W 0.1 " + address).succeeded();
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
    return api.get("/v1/groups/" + GROUP + "/" + what);
  }
}
