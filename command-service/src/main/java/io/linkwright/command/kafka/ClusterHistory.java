package io.linkwright.command.kafka;

import io.linkwright.command.log.UnclaimableLogException;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.PartitionRead;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.WireFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the edges of the cluster were told before, held against this instance: the latest documents
 * on {@code linkwright.edge-config} name the key that signed them, and came with events. A cluster
 * without documents takes any key and begins with an empty log.
 */
final class ClusterHistory {
  /** Looked at from the end of a partition, in the first round; twice as many in each further. */
  private static final long FIRST_WINDOW = 200;

  /** Tombstones and strangers' records may stand before the last document; no more than this. */
  private static final long MAX_WINDOW = 50_000;

  private final KafkaSettings settings;
  private final Deserializer<EdgeConfiguration> configurations;
  private final LogTopics topics;
  private final String keyId;

  ClusterHistory(KafkaSettings settings, WireFormat wire, LogTopics topics, String keyId) {
    this.settings = settings;
    this.configurations = wire.edgeConfigurations().deserializer();
    this.topics = topics;
    this.keyId = keyId;
  }

  /**
   * Looks.
   *
   * @throws UnclaimableLogException if documents are signed and none with our key, or if there are
   *     documents and no events
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer
   * @throws io.linkwright.schemas.SchemaRegistryException if the registry does not answer
   */
  void require() {
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            settings.keyCheck(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<String> signers = signers(kafka);
      if (signers.isEmpty()) {
        return;
      }
      if (!signers.contains(keyId)) {
        throw new UnclaimableLogException(
            ("this instance signs with controller key %s, and the edges of this cluster trust %s:"
                    + " start it with that key")
                .formatted(keyId, String.join(", ", signers)));
      }
      requireEvents(kafka);
    }
  }

  /** As far as it takes to find our own. */
  private Set<String> signers(KafkaConsumer<byte[], byte[]> kafka) {
    Set<String> found = new TreeSet<>();
    for (int partition = 0;
        partition < topics.edgeConfigPartitions() && !found.contains(keyId);
        partition++) {
      found.addAll(keysOf(kafka, new TopicPartition(topics.edgeConfig(), partition)));
    }
    return found;
  }

  /** A topic that was deleted and made anew begins at 0, and looks like a new one. */
  private void requireEvents(KafkaConsumer<byte[], byte[]> kafka) {
    List<TopicPartition> events =
        IntStream.range(0, topics.eventPartitions())
            .mapToObj(partition -> new TopicPartition(topics.events(), partition))
            .toList();
    if (kafka.endOffsets(events).values().stream().allMatch(end -> end == 0)) {
      throw new UnclaimableLogException(
          ("%s is empty, and edges were told on %s what came of its events: the log was deleted or"
                  + " made anew. Restore it from a backup; to begin with nothing, make %s anew as"
                  + " well")
              .formatted(topics.events(), topics.edgeConfig(), topics.edgeConfig()));
    }
  }

  private Set<String> keysOf(KafkaConsumer<byte[], byte[]> kafka, TopicPartition partition) {
    List<TopicPartition> only = List.of(partition);
    kafka.assign(only);
    long first = kafka.beginningOffsets(only).get(partition);
    long end = kafka.endOffsets(only).get(partition);
    Set<String> found = new TreeSet<>();
    for (long window = FIRST_WINDOW; found.isEmpty() && end > first; window *= 2) {
      long from = Math.max(first, end - window);
      kafka.seek(partition, from);
      PartitionRead.to(
          end,
          kafka,
          partition,
          record -> {
            if (ReadRecord.of(configurations, LinkwrightTopics.EDGE_CONFIG.name(), record.value())
                instanceof ReadRecord.Known<EdgeConfiguration>(EdgeConfiguration known)) {
              found.add(known.document().keyId());
            }
          });
      if (from == first || window >= MAX_WINDOW) {
        break;
      }
    }
    return found;
  }
}
