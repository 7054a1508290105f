package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.RecordedTopologyEvent;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TopologyEvent;
import io.linkwright.domain.TopologyEvent.MemberConnected;
import io.linkwright.domain.TopologyEvent.MemberIsolated;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Json;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker: events in, view and topology events out, over restarts. */
final class TopologyServiceTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final WireFormat WIRE = WireFormat.bundled();
  private static final TopicLayout LAYOUT = new TopicLayout(3, (short) 1, 1);

  @TempDir private static Path brokerDir;
  @TempDir private Path stateDir;
  private static EmbeddedKafka kafka;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(brokerDir, 0));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, LAYOUT);
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  /** The service behind its HTTP server. */
  private record Running(TopologyService service, HttpServer server) implements AutoCloseable {
    static Running start(Path stateDir) {
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      TopologyService service =
          TopologyService.start(
              TopologyConfig.single(kafka.bootstrapServers(), stateDir), WIRE, metrics);
      HttpServer server =
          HttpServer.start(new HttpServerConfig("127.0.0.1", 0), metrics, List.of(service));
      await(() -> service.readiness() instanceof Readiness.Ready);
      return new Running(service, server);
    }

    @Override
    public void close() {
      server.close();
      service.close();
    }
  }

  @Test
  void eventsBecomeViewAndTopologyEventsAndARestartKeepsThem() throws Exception {
    GroupHistory history =
        new GroupHistory("real")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC)
            .members("a", "b", "c")
            .link("a", "b");
    send(history.events());
    try (Running running = Running.start(stateDir)) {
      JsonNode group = get(running, "/v1/groups/real?minRevision=5");
      assertThat(group.get("revision").asLong()).isEqualTo(5);
      assertThat(group.get("isolatedMembers")).hasToString("[\"c\"]");
      JsonNode events = get(running, "/v1/groups/real/events?from=2&limit=3");
      assertThat(events.get("events").findValuesAsText("revision")).containsExactly("2", "3", "4");
      assertThat(events.get("next").asLong()).isEqualTo(5);
    }
    assertThat(published("real"))
        .extracting(RecordedTopologyEvent::payload)
        .extracting(TopologyEvent::getClass)
        .containsExactly(
            MemberIsolated.class,
            MemberIsolated.class,
            MemberIsolated.class,
            MemberConnected.class,
            MemberConnected.class);

    history.link("b", "c");
    send(history.events().subList(5, 6));
    try (Running again = Running.start(stateDir)) {
      JsonNode group = get(again, "/v1/groups/real?minRevision=6");
      assertThat(group.get("linkCount").asLong()).isEqualTo(2);
      assertThat(get(again, "/v1/groups/real/events?from=6").get("events")).hasSize(1);
    }
    assertThat(published("real")).hasSize(6);
  }

  @Test
  void aLostStateDirectoryIsRestoredFromTheCluster(@TempDir Path otherDir) throws Exception {
    GroupHistory history =
        new GroupHistory("lost")
            .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
            .members("a", "b");
    send(history.events());
    try (Running running = Running.start(stateDir)) {
      get(running, "/v1/groups/lost?minRevision=3");
    }
    try (Running restored = Running.start(otherDir)) {
      assertThat(get(restored, "/v1/groups/lost").get("revision").asLong()).isEqualTo(3);
    }
    assertThat(published("lost")).hasSize(2);
  }

  @Test
  void topicsThatAreNotThereAreNamed() {
    TopologyConfig config = TopologyConfig.single(kafka.bootstrapServers(), stateDir);
    assertThatThrownBy(() -> SourceTopics.partitions(config, "linkwright.events", "absent"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("absent");
  }

  private static void send(List<RecordedEvent> events) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "test-writer");
    try (KafkaProducer<String, RecordedEvent> producer =
        new KafkaProducer<>(settings, new StringSerializer(), WIRE.events().serializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (RecordedEvent event : events) {
        var _ =
            producer.send(
                new ProducerRecord<>(LinkwrightTopics.EVENTS.name(), event.group().value(), event));
      }
      producer.commitTransaction();
    }
  }

  /** What is committed on linkwright.topology about a group. */
  private static List<RecordedTopologyEvent> published(String group) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<String, RecordedTopologyEvent> consumer =
        new KafkaConsumer<>(
            settings, new StringDeserializer(), WIRE.topologyEvents().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(LinkwrightTopics.TOPOLOGY.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<RecordedTopologyEvent> found = new ArrayList<>();
      await(
          () -> {
            consumer
                .poll(Duration.ofMillis(50))
                .forEach(
                    record -> {
                      if (record.key().equals(group)) {
                        found.add(record.value());
                      }
                    });
            return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
          });
      return found;
    }
  }

  private JsonNode get(Running running, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(running.server().port(), path));
    return Json.mapper()
        .readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("not within %s", DEADLINE).isBefore(deadline);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
