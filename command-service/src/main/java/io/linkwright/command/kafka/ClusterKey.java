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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Whether this instance signs with the key that the edges of the cluster trust. What was signed
 * tells: the latest documents on {@code linkwright.edge-config} name their key. A cluster without
 * documents takes any key.
 */
final class ClusterKey {
  /** Looked at from the end of a partition, in the first round; twice as many in each further. */
  private static final long FIRST_WINDOW = 200;

  /** Tombstones and strangers' records may stand before the last document; no more than this. */
  private static final long MAX_WINDOW = 50_000;

  private final KafkaSettings settings;
  private final Deserializer<EdgeConfiguration> configurations;
  private final LogTopics topics;
  private final String keyId;

  ClusterKey(KafkaSettings settings, WireFormat wire, LogTopics topics, String keyId) {
    this.settings = settings;
    this.configurations = wire.edgeConfigurations().deserializer();
    this.topics = topics;
    this.keyId = keyId;
  }

  /**
   * Looks.
   *
   * @throws UnclaimableLogException if documents are signed, and none with our key
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer
   * @throws io.linkwright.schemas.SchemaRegistryException if the registry does not answer
   */
  void require() {
    Set<String> others = new TreeSet<>();
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            settings.keyCheck(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (int partition = 0; partition < topics.edgeConfigPartitions(); partition++) {
        Set<String> found = keysOf(kafka, new TopicPartition(topics.edgeConfig(), partition));
        if (found.contains(keyId)) {
          return;
        }
        others.addAll(found);
      }
    }
    if (!others.isEmpty()) {
      throw new UnclaimableLogException(
          ("this instance signs with controller key %s, and the edges of this cluster trust %s:"
                  + " start it with that key")
              .formatted(keyId, String.join(", ", others)));
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
