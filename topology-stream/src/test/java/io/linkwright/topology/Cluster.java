package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.LogMac;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

/** A real broker with Linkwright's topics, and a writer and a reader of them. */
record Cluster(EmbeddedKafka kafka) implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(5);
  static final WireFormat WIRE = WireFormat.bundled();
  private static final TopicLayout LAYOUT = new TopicLayout(3, (short) 1, 1);

  static Cluster start(Path dataDir) {
    return start(dataDir, 0);
  }

  /** On a port of its own, so that it can come back there. */
  static Cluster start(Path dataDir, int port) {
    EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(dataDir, port));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, LAYOUT);
    }
    return new Cluster(kafka);
  }

  TopologyConfig config(Path stateDir) {
    return TopologyConfig.single(kafka.bootstrapServers(), stateDir);
  }

  TopologyService startService(Path stateDir) {
    return TopologyService.start(config(stateDir), WIRE, new SimpleMeterRegistry());
  }

  void send(List<RecordedEvent> events) {
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
                new ProducerRecord<>(
                    LinkwrightTopics.EVENTS.name(),
                    null,
                    event.group().value(),
                    event,
                    List.of(RecordHeaders.mac(new byte[LogMac.LENGTH_BYTES]))));
      }
      producer.commitTransaction();
    }
  }

  /** A record of nobody we know. */
  void sendForeign(String topic, int partition, String text) {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      var _ = producer.send(new ProducerRecord<>(topic, partition, "stranger", text));
    }
  }

  /** What is committed on linkwright.topology about a group. */
  List<RecordedTopologyEvent> published(String group) {
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

  static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("not within %s", DEADLINE).isBefore(deadline);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
