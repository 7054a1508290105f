package io.linkwright.bench;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Records that links really made, as they stand on the broker: what the raw floor sends is to be of
 * the same size.
 *
 * @param event the latest on the log
 * @param configurations those of one link at its two ends
 */
record LinkRecords(
    ConsumerRecord<byte[], byte[]> event, List<ConsumerRecord<byte[], byte[]>> configurations) {
  private static final int LOOK_BACK_RECORDS = 5_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  LinkRecords {
    configurations = List.copyOf(configurations);
  }

  /**
   * Reads those of a link that was added lately, the last thing that happened to its group.
   *
   * @throws IllegalStateException if they are not among the latest records
   */
  static LinkRecords of(String bootstrapServers, GroupId group, LinkId link, int partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
      return new LinkRecords(
          find(
              consumer,
              new TopicPartition(
                  LinkwrightTopics.EVENTS.name(), Partitioning.ofGroup(group, partitions)),
              group.value()),
          link.edges().stream()
              .map(edge -> find(consumer, edge, group, link, partitions))
              .toList());
    }
  }

  /** Keys, values and headers of all three, before the broker's framing. */
  int sizeBytes() {
    return size(event) + configurations.stream().mapToInt(LinkRecords::size).sum();
  }

  static int size(ConsumerRecord<?, ?> record) {
    int headers = 0;
    for (var header : record.headers()) {
      headers += header.key().length() + header.value().length;
    }
    return record.serializedKeySize() + record.serializedValueSize() + headers;
  }

  private static ConsumerRecord<byte[], byte[]> find(
      KafkaConsumer<byte[], byte[]> consumer,
      EdgeId edge,
      GroupId group,
      LinkId link,
      int partitions) {
    return find(
        consumer,
        new TopicPartition(
            LinkwrightTopics.EDGE_CONFIG.name(), Partitioning.ofEdge(edge, partitions)),
        EdgeConfigKey.ofLink(edge, group, link).toString());
  }

  /** The last record with a key and a value among the latest of a partition. */
  private static ConsumerRecord<byte[], byte[]> find(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, String key) {
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    consumer.seek(partition, Math.max(0, end - LOOK_BACK_RECORDS));
    Optional<ConsumerRecord<byte[], byte[]>> found = Optional.empty();
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
    while (consumer.position(partition) < end && System.nanoTime() < deadlineNanos) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.value() != null
            && key.equals(new String(record.key(), StandardCharsets.UTF_8))) {
          found = Optional.of(record);
        }
      }
    }
    return found.orElseThrow(
        () -> new IllegalStateException("no record with key %s in %s".formatted(key, partition)));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
