package io.linkwright.pusher.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Readiness;
import io.linkwright.pusher.TestEdge;
import io.linkwright.pusher.delivery.DeliveryLimits;
import io.linkwright.pusher.delivery.SimulatedLog;
import io.linkwright.pusher.delivery.SimulatedStore;
import io.linkwright.pusher.delivery.Sources;
import io.linkwright.pusher.metrics.EdgesPerChange;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.store.ConfigRecord;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The endpoint behind a real server, over a store in memory, and edges that connect to it. */
final class TestEndpoint implements HttpModule, AutoCloseable {
  static final EdgeId DENVER = new EdgeId("denver");
  static final EdgeId SEATTLE = new EdgeId("seattle");
  static final GroupId GROUP = new GroupId("abilene");
  static final LinkId LINK = LinkId.between(DENVER, SEATTLE);
  static final int MAX_CONNECTIONS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final SimulatedLog log = new SimulatedLog();
  private final SimulatedStore store = new SimulatedStore();
  private final ConcurrentLinkedQueue<EdgeStatus> statuses = new ConcurrentLinkedQueue<>();
  private final List<TestEdge> open = new ArrayList<>();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile Readiness readiness = Readiness.ready();
  private final Connections connections;
  private final HttpServer server;

  TestEndpoint(DeliveryLimits limits) {
    connections =
        new Connections(
            new Connections.Surroundings(
                new Sources(store, (_, _) -> Optional.empty()),
                then -> {
                  then.run();
                  return true;
                },
                statuses::add,
                new PusherMetrics(registry),
                new EdgesPerChange(registry),
                InstantSource.system()),
            limits,
            MAX_CONNECTIONS);
    server = HttpServer.start(new HttpServerConfig("127.0.0.1", 0), registry, List.of(this));
  }

  @Override
  public String name() {
    return "endpoint";
  }

  @Override
  public void routes(JavalinConfig config) {
    new EdgeEndpoint(connections, this::readiness).addTo(config);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  void becomes(Readiness other) {
    readiness = other;
  }

  List<EdgeStatus> statuses() {
    return List.copyOf(statuses);
  }

  double outstanding() {
    return registry.get("linkwright.pusher.configs.outstanding").gauge().value();
  }

  void closeConnections() {
    connections.close();
  }

  TestEdge edge(EdgeId id, EdgeKeys keys) {
    TestEdge edge = TestEdge.open(client, server.port(), id, keys);
    open.add(edge);
    return edge;
  }

  void member(EdgeId edge, EdgeKeys keys) {
    memberOf(GROUP, edge, keys);
  }

  void memberOf(GroupId group, EdgeId edge, EdgeKeys keys) {
    log.member(edge, group, keys.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
  }

  /** Changes the link; the feed's part is played here. */
  void link() {
    log.link(GROUP, LINK, false);
    List<ConfigRecord> records = new ArrayList<>();
    for (int offset = log.end() - 2; offset < log.end(); offset++) {
      SimulatedLog.Entry entry = log.at(offset);
      store.apply(entry);
      records.add(
          new ConfigRecord(
              entry.key(), OptionalLong.of(entry.revision()), Optional.of(new byte[0])));
    }
    connections.changed(records, true);
  }

  /** What an upgrade is refused with; 0 if it is not. */
  int refusal(String path, String subprotocol) {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + path);
    return client
        .newWebSocketBuilder()
        .subprotocols(subprotocol)
        .buildAsync(uri, new WebSocket.Listener() {})
        .handle(
            (_, failure) ->
                failure.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : 0)
        .join();
  }

  int plainGet(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  void awaitStatus(Predicate<EdgeStatus> condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(TestEdge.DEADLINE_SECONDS).toNanos();
    while (statuses.stream().noneMatch(condition)) {
      assertThat(System.nanoTime()).as("in time; so far %s", statuses).isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  @Override
  public void close() {
    open.forEach(TestEdge::close);
    connections.close();
    server.close();
    client.close();
  }
}
