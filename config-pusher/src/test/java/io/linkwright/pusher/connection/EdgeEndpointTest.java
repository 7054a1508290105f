package io.linkwright.pusher.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real WebSockets against the endpoint; the store is in memory. */
class EdgeEndpointTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final EdgeKeys OTHER_KEYS = EdgeKeys.generate();
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId SEATTLE = new EdgeId("seattle");
  private static final GroupId GROUP = new GroupId("abilene");
  private static final LinkId LINK = LinkId.between(DENVER, SEATTLE);
  private static final int MAX_CONNECTIONS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final SimulatedLog log = new SimulatedLog();
  private final SimulatedStore store = new SimulatedStore();
  private final ConcurrentLinkedQueue<EdgeStatus> statuses = new ConcurrentLinkedQueue<>();
  private final List<TestEdge> open = new ArrayList<>();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile Readiness readiness = Readiness.ready();
  private Connections connections;
  private HttpServer server;

  @BeforeEach
  void start() {
    start(DeliveryLimits.DEFAULT);
  }

  private void start(DeliveryLimits limits) {
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
    EdgeEndpoint endpoint = new EdgeEndpoint(connections, () -> readiness);
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0),
            registry,
            List.of(
                new HttpModule() {
                  @Override
                  public String name() {
                    return "endpoint";
                  }

                  @Override
                  public void routes(JavalinConfig config) {
                    endpoint.addTo(config);
                  }

                  @Override
                  public Readiness readiness() {
                    return readiness;
                  }
                }));
  }

  @AfterEach
  void stop() {
    open.forEach(TestEdge::close);
    connections.close();
    server.close();
    client.close();
  }

  @Test
  void servesAnEdgeThatProvesItself() throws Exception {
    member(DENVER, KEYS);

    TestEdge edge = edge(DENVER, KEYS).hello(Map.of());
    Config config = edge.nextConfig();
    edge.ack(config);

    assertThat(config.complete()).isTrue();
    awaitStatus(status -> status.connected() && status.acknowledgedRevision() == 1);
  }

  @Test
  void tellsAStrangerNothing() throws Exception {
    member(DENVER, KEYS);

    TestEdge wrongKey = edge(DENVER, OTHER_KEYS).hello(Map.of());
    TestEdge wrongChallenge = edge(DENVER, KEYS).wrongHello();
    TestEdge unknown = edge(SEATTLE, KEYS).hello(Map.of());

    for (TestEdge stranger : List.of(wrongKey, wrongChallenge, unknown)) {
      assertThat(stranger.closeCode()).isEqualTo(EdgeConnection.CLOSE_UNAUTHORIZED);
      assertThat(stranger.closeReason()).isEqualTo("unauthorized");
      assertThat(stranger.isQuiet(0)).isTrue();
    }
    assertThat(statuses).isEmpty();
  }

  @Test
  void tellsOnlyTheEdgesConcernedOfAChange() throws Exception {
    EdgeId bystander = new EdgeId("houston");
    List<EdgeId> ids = List.of(DENVER, SEATTLE, bystander);
    List<TestEdge> edges = new ArrayList<>();
    for (EdgeId id : ids) {
      member(id, KEYS);
      TestEdge edge = edge(id, KEYS).hello(Map.of());
      edge.ack(edge.nextConfig());
      edges.add(edge);
    }

    link();

    assertThat(edges.get(0).nextConfig().set()).extracting("link").containsExactly(LINK);
    assertThat(edges.get(1).nextConfig().set()).extracting("link").containsExactly(LINK);
    assertThat(edges.get(2).isQuiet(200)).isTrue();
  }

  @Test
  void closesOnWhatTheProtocolDoesNotAllow() throws Exception {
    member(DENVER, KEYS);
    TestEdge malformed = edge(DENVER, KEYS);
    malformed.sendText("{\"type\":\"hello\"");
    TestEdge unknownType = edge(DENVER, KEYS);
    unknownType.sendText("{\"type\":\"gossip\"}");
    TestEdge binary = edge(DENVER, KEYS);
    binary.sendBinary();
    TestEdge twice = edge(DENVER, KEYS).hello(Map.of());
    twice.nextConfig();
    twice.send(EdgeMessage.Hello.of(new byte[64], Map.of()));

    for (TestEdge edge : List.of(malformed, unknownType, binary, twice)) {
      assertThat(edge.closeCode()).isEqualTo(EdgeConnection.CLOSE_PROTOCOL_ERROR);
    }
    assertThat(unknownType.closeReason()).contains("type");
    assertThat(twice.closeReason()).contains("hello came twice");
  }

  @Test
  void boundsWhatAStrangerMaySend() throws Exception {
    TestEdge edge = edge(DENVER, KEYS);

    edge.trySendText("x".repeat(5 << 20));

    assertThat(edge.closeCode()).isEqualTo(1009);
  }

  @Test
  void lastConnectionOfAnEdgeReplacesTheOneBefore() throws Exception {
    member(DENVER, KEYS);
    TestEdge older = edge(DENVER, KEYS).hello(Map.of());
    older.nextConfig();

    TestEdge newer = edge(DENVER, KEYS).hello(Map.of());
    Config config = newer.nextConfig();
    newer.ack(config);

    assertThat(older.closeCode()).isEqualTo(EdgeConnection.CLOSE_REPLACED);
    awaitStatus(status -> status.acknowledgedRevision() == 1);
    assertThat(statuses).extracting(EdgeStatus::connected).containsOnly(true);
    link();
    assertThat(newer.nextConfig().set()).hasSize(1);
  }

  @Test
  void writesDownThatAnEdgeIsGone() throws Exception {
    member(DENVER, KEYS);
    TestEdge edge = edge(DENVER, KEYS).hello(Map.of());
    edge.nextConfig();

    edge.close();

    awaitStatus(status -> !status.connected());
  }

  @Test
  void edgeThatDoesNotReadHoldsUpNobodyAndNoMemory() throws Exception {
    int groups = 12;
    for (int i = 0; i < groups; i++) {
      log.member(DENVER, new GroupId("g" + i), KEYS.publicKeys().identity());
      store.apply(log.at(log.end() - 1));
    }
    member(SEATTLE, OTHER_KEYS);
    TestEdge slow = edge(DENVER, KEYS);
    slow.stopReading();
    slow.hello(Map.of());
    TestEdge other = edge(SEATTLE, OTHER_KEYS).hello(Map.of());
    other.ack(other.nextConfig());

    for (int round = 0; round < 50; round++) {
      link();
      Config config = other.nextConfig();
      other.ack(config);
    }

    assertThat(registry.get("linkwright.pusher.configs.outstanding").gauge().value())
        .isLessThanOrEqualTo(DeliveryLimits.DEFAULT.maxOutstanding() + 1);
    slow.readOn();
    for (int i = 0; i < groups; i++) {
      slow.ack(slow.nextConfig());
    }
  }

  @Test
  void refusesTheUpgradeWithAProblem() throws Exception {
    assertThat(status(EdgeConnection.path(DENVER), "chat")).isEqualTo(400);
    assertThat(status("/v1/edges/Not_A_Slug/connect", EdgeConnection.SUBPROTOCOL)).isEqualTo(400);
    readiness = Readiness.notReady("reading");
    assertThat(status(EdgeConnection.path(DENVER), EdgeConnection.SUBPROTOCOL)).isEqualTo(503);
    assertThat(plainGet()).isEqualTo(404);
  }

  @Test
  void boundsConnections() throws Exception {
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
      edge(DENVER, KEYS).next();
    }

    assertThat(status(EdgeConnection.path(DENVER), EdgeConnection.SUBPROTOCOL)).isEqualTo(503);
  }

  @Test
  void doesNotWaitForeverForAHello() throws Exception {
    stop();
    DeliveryLimits usual = DeliveryLimits.DEFAULT;
    start(
        new DeliveryLimits(
            usual.maxLinksPerConfig(),
            usual.maxConfigChars(),
            usual.maxOutstanding(),
            Duration.ofMillis(200),
            usual.ackTimeout(),
            usual.firstRetry(),
            usual.maxRetry(),
            usual.refreshInterval(),
            usual.formerKeysGrace()));

    try (HttpClient another = HttpClient.newHttpClient();
        TestEdge edge = TestEdge.open(another, server.port(), DENVER, KEYS)) {
      assertThat(edge.closeCode()).isEqualTo(4408);
    }
  }

  @Test
  void sendsEdgesAwayWhenItStops() throws Exception {
    member(DENVER, KEYS);
    TestEdge edge = edge(DENVER, KEYS).hello(Map.of(GROUP, Have.of(1, Map.of())));
    awaitStatus(EdgeStatus::connected);

    connections.close();

    assertThat(edge.closeCode()).isEqualTo(1001);
    awaitStatus(status -> !status.connected());
  }

  private TestEdge edge(EdgeId id, EdgeKeys keys) {
    TestEdge edge = TestEdge.open(client, server.port(), id, keys);
    open.add(edge);
    return edge;
  }

  private void member(EdgeId edge, EdgeKeys keys) {
    log.member(edge, GROUP, keys.publicKeys().identity());
    store.apply(log.at(log.end() - 1));
  }

  /** Changes the link; the feed's part is played by the test. */
  private void link() {
    log.link(GROUP, LINK, false);
    List<ConfigRecord> records = new ArrayList<>();
    for (int offset = log.end() - 2; offset < log.end(); offset++) {
      SimulatedLog.Entry entry = log.at(offset);
      store.apply(entry);
      EdgeConfigKey key = entry.key();
      records.add(
          new ConfigRecord(key, OptionalLong.of(entry.revision()), Optional.of(new byte[0])));
    }
    connections.changed(records, true);
  }

  private int status(String path, String subprotocol) {
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

  private int plainGet() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + EdgeConnection.path(DENVER));
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private void awaitStatus(Predicate<EdgeStatus> condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(TestEdge.DEADLINE_SECONDS).toNanos();
    while (statuses.stream().noneMatch(condition)) {
      assertThat(System.nanoTime()).as("in time; so far %s", statuses).isLessThan(deadline);
      Thread.sleep(2);
    }
  }
}
