package io.linkwright.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.WireFormat;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The pusher behind its HTTP server, ready, and edges that connect to it. */
final class RunningPusher implements AutoCloseable {
  private static final EdgeKeys KEYS = EdgeKeys.generate();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<TestEdge> open = new ArrayList<>();
  private final PusherService pusher;
  private final HttpServer server;

  RunningPusher(String bootstrapServers, Path stateDir) throws InterruptedException {
    pusher =
        PusherService.start(
            PusherConfig.of(bootstrapServers, stateDir), WireFormat.bundled(), registry);
    server = HttpServer.start(new HttpServerConfig("127.0.0.1", 0), registry, List.of(pusher));
    await("ready", () -> pusher.readiness() instanceof Readiness.Ready);
  }

  /** Makes the edge a member; all edges here have the same keys. */
  static void enroll(TestController controller, Members members, EdgeId edge) {
    controller.member(members.group(), edge, KEYS);
  }

  TestEdge edge(EdgeId id) {
    TestEdge edge = TestEdge.open(client, server.port(), id, KEYS);
    open.add(edge);
    return edge;
  }

  /** An edge that has acknowledged all there is. */
  TestEdge upToDate(EdgeId id) throws InterruptedException {
    TestEdge edge = edge(id).hello(Map.of());
    edge.ack(edge.nextConfig());
    return edge;
  }

  PrometheusMeterRegistry metrics() {
    return registry;
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(TestEdge.DEADLINE_SECONDS).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    open.forEach(TestEdge::close);
    server.close();
    pusher.close();
    client.close();
  }
}
