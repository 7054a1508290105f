package io.linkwright.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.KeyChange;
import io.linkwright.domain.LinkId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pusher between a real broker and real WebSockets. */
class PusherServiceTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final int PARTITIONS = 3;

  private static EmbeddedKafka kafka;
  private static TestController controller;
  private static int testsRun;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<TestEdge> open = new ArrayList<>();

  // The tests share the topics, so each has edges and a group of its own.
  private final int number = testsRun++;
  private final GroupId group = new GroupId("abilene-" + number);
  private final EdgeId denver = new EdgeId("denver-" + number);
  private final EdgeId seattle = new EdgeId("seattle-" + number);
  private final EdgeId houston = new EdgeId("houston-" + number);
  private final LinkId link = LinkId.between(denver, seattle);
  private final LinkId otherLink = LinkId.between(denver, houston);

  private PrometheusMeterRegistry registry;
  private PusherService pusher;
  private HttpServer server;

  @TempDir private Path stateDir;

  @BeforeAll
  static void startBroker(@TempDir Path dataDir) {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(dataDir, 0));
    try (Admin admin = admin()) {
      LinkwrightTopics.ensure(admin, new TopicLayout(PARTITIONS, (short) 1, 1));
    }
    controller = new TestController(kafka.bootstrapServers(), PARTITIONS);
  }

  @AfterAll
  static void stopBroker() {
    controller.close();
    kafka.close();
  }

  @BeforeEach
  void startPusher() throws Exception {
    for (EdgeId edge : List.of(denver, seattle, houston)) {
      controller.member(group, edge, KEYS);
    }
    start();
  }

  @AfterEach
  void stopPusher() {
    stop();
    client.close();
  }

  private void start() throws Exception {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    pusher =
        PusherService.start(
            PusherConfig.of(kafka.bootstrapServers(), stateDir), WireFormat.bundled(), registry);
    server = HttpServer.start(new HttpServerConfig("127.0.0.1", 0), registry, List.of(pusher));
    await("ready", () -> pusher.readiness() instanceof Readiness.Ready);
  }

  private void stop() {
    open.forEach(TestEdge::close);
    open.clear();
    server.close();
    pusher.close();
  }

  @Test
  void deliversACommittedChangeToBothEndsAndNobodyElse() throws Exception {
    TestEdge atDenver = upToDate(denver);
    TestEdge atSeattle = upToDate(seattle);
    TestEdge atHouston = upToDate(houston);

    controller.link(group, link);

    for (TestEdge end : List.of(atDenver, atSeattle)) {
      Config config = end.nextConfig();
      assertThat(config.set()).extracting("link").containsExactly(link);
      assertThat(config.revision()).isEqualTo(controller.revision());
      end.ack(config);
    }
    assertThat(atHouston.isQuiet(100)).isTrue();
    await("counted", () -> summary("linkwright.pusher.edges.notified") == 1);
    assertThat(registry.get("linkwright.pusher.edges.notified").summary().max()).isEqualTo(2);
  }

  @Test
  void leadsALinkToNewKeysWhoseEndsAreAtDifferentPushers(@TempDir Path otherStateDir)
      throws Exception {
    PrometheusMeterRegistry otherRegistry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    TestEdge atDenver = upToDate(denver);
    try (PusherService other =
            PusherService.start(
                PusherConfig.of(kafka.bootstrapServers(), otherStateDir),
                WireFormat.bundled(),
                otherRegistry);
        HttpServer otherServer =
            HttpServer.start(new HttpServerConfig("127.0.0.1", 0), otherRegistry, List.of(other))) {
      await("ready", () -> other.readiness() instanceof Readiness.Ready);
      TestEdge atSeattle = TestEdge.open(client, otherServer.port(), seattle, KEYS).hello(Map.of());
      open.add(atSeattle);
      atSeattle.ack(atSeattle.nextConfig());
      controller.link(group, link);
      long former = controller.revision();
      atDenver.ack(atDenver.nextConfig());
      atSeattle.ack(atSeattle.nextConfig());
      controller.link(group, link);
      long newest = controller.revision();

      acknowledge(atDenver, former);
      assertThat(atDenver.isQuiet(1_500)).as("waits for the peer").isTrue();
      acknowledge(atSeattle, former);

      for (TestEdge end : List.of(atDenver, atSeattle)) {
        ChangeOver step = (ChangeOver) end.next().message();
        assertThat(step.switchOver()).isEqualTo(Map.of(link, newest));
        assertThat(step.retire()).isEmpty();
        end.send(
            new EdgeMessage.Status(group, List.of(), List.of(new KeyChange(link, newest, newest))));
      }
      for (TestEdge end : List.of(atDenver, atSeattle)) {
        ChangeOver step = (ChangeOver) end.next().message();
        assertThat(step.switchOver()).isEmpty();
        assertThat(step.retire()).isEqualTo(Map.of(link, newest));
      }
    }
  }

  /** Takes the link's new keys over and sends with the former ones for now. */
  private void acknowledge(TestEdge edge, long former) throws InterruptedException {
    Config config = edge.nextConfig();
    edge.send(
        new EdgeMessage.Ack(
            config.nonce(),
            config.group(),
            config.revision(),
            new TreeMap<>(Map.of(link, former))));
  }

  @Test
  void deliversNothingOfAnAbortedTransaction() throws Exception {
    TestEdge atDenver = upToDate(denver);

    controller.prepareLink(group, link);
    controller.abort();
    controller.prepareLink(group, otherLink);
    assertThat(atDenver.isQuiet(100)).isTrue();
    controller.commit();

    assertThat(atDenver.nextConfig().set()).extracting("link").containsExactly(otherLink);
  }

  @Test
  void remembersEverythingOverARestart() throws Exception {
    controller.link(group, link);
    controller.link(group, otherLink);
    long revision = controller.revision();
    upToDate(denver);
    stop();
    controller.unlink(group, link);

    start();

    assertThat(registry.get("linkwright.pusher.records.read").counter().count()).isEqualTo(2);
    Have have = Have.of(revision, Map.of(link, revision - 1, otherLink, revision));
    Config config = edge(denver).hello(Map.of(group, have)).nextConfig();
    assertThat(config.complete()).isFalse();
    assertThat(config.set()).isEmpty();
    assertThat(config.remove()).containsExactly(link);
    assertThat(config.revision()).isEqualTo(controller.revision());
  }

  @Test
  void servesAnEdgeThatKnowsMoreOnceItHasCaughtUp() throws Exception {
    controller.link(group, link);
    long revision = controller.revision();
    // As after the topic has forgotten a removal: no pusher can know of revision + 7 any more.
    Have have = Have.of(revision + 7, Map.of(link, revision, otherLink, revision - 1));

    Config config = edge(denver).hello(Map.of(group, have)).nextConfig();

    assertThat(config.remove()).containsExactly(otherLink);
    assertThat(config.revision()).isEqualTo(revision + 7);
  }

  @Test
  void writesStatusAsItChanges() throws Exception {
    TestEdge atDenver = upToDate(denver);
    controller.link(group, link);
    atDenver.ack(atDenver.nextConfig());
    awaitStatus(denver, true, controller.revision());

    atDenver.close();

    awaitStatus(denver, false, controller.revision());
  }

  @Test
  void readsATopicThatWasMadeAnewFromItsBeginning() throws Exception {
    controller.link(group, link);
    upToDate(denver);
    stop();
    String name = LinkwrightTopics.EDGE_CONFIG.name();
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
      admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1))).all().get();
    }
    controller.close();
    controller = new TestController(kafka.bootstrapServers(), PARTITIONS);
    controller.member(group, denver, KEYS);
    controller.link(group, otherLink);

    start();

    Config config = edge(denver).hello(Map.of()).nextConfig();
    assertThat(config.set()).extracting("link").containsExactly(otherLink);
  }

  @Test
  void deliversWithinMilliseconds() throws Exception {
    int warmUp = 100;
    int changes = 300;
    Duration interval = Duration.ofMillis(5);
    TestEdge atDenver = upToDate(denver);
    TestEdge atSeattle = upToDate(seattle);
    long[] fromBegin = new long[changes];
    long[] fromCommit = new long[changes];

    for (int i = -warmUp; i < changes; i++) {
      long beginAt = System.nanoTime();
      controller.prepareLink(group, link);
      controller.commit();
      long committedAt = System.nanoTime();
      long appliedAt = Math.max(receiveAndAck(atDenver), receiveAndAck(atSeattle));
      if (i >= 0) {
        fromBegin[i] = appliedAt - beginAt;
        fromCommit[i] = appliedAt - committedAt;
      }
      LockSupport.parkNanos(beginAt + interval.toNanos() - System.nanoTime());
    }

    System.out.printf(
        "delivery to both ends: from begin %s, from commit returned %s%n",
        percentiles(fromBegin), percentiles(fromCommit));
    assertThat(fromCommit[changes / 2]).isLessThan(Duration.ofMillis(50).toNanos());
  }

  private static long receiveAndAck(TestEdge edge) throws InterruptedException {
    TestEdge.Received received = edge.next();
    edge.ack((Config) received.message());
    return received.atNanos();
  }

  private static String percentiles(long[] nanos) {
    Arrays.sort(nanos);
    return "p50 %.2f ms p99 %.2f ms"
        .formatted(nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }

  /** An edge that has acknowledged all there is. */
  private TestEdge upToDate(EdgeId id) throws InterruptedException {
    TestEdge edge = edge(id).hello(Map.of());
    edge.ack(edge.nextConfig());
    return edge;
  }

  private TestEdge edge(EdgeId id) {
    TestEdge edge = TestEdge.open(client, server.port(), id, KEYS);
    open.add(edge);
    return edge;
  }

  private long summary(String name) {
    return registry.get(name).summary().count();
  }

  private void awaitStatus(EdgeId edge, boolean connected, long acknowledgedRevision)
      throws InterruptedException {
    String topic = LinkwrightTopics.EDGE_STATUS.name();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        partitions.add(new TopicPartition(topic, partition));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<EdgeStatus> seen = new ArrayList<>();
      await(
          "status of " + edge,
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
              seen.add(
                  WireFormat.bundled()
                      .edgeStatuses()
                      .deserializer()
                      .deserialize(topic, record.value()));
            }
            return seen.stream()
                .filter(status -> status.group().equals(group) && status.edge().equals(edge))
                .reduce((_, last) -> last)
                .filter(status -> status.connected() == connected)
                .filter(status -> status.acknowledgedRevision() == acknowledgedRevision)
                .isPresent();
          });
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(TestEdge.DEADLINE_SECONDS).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
