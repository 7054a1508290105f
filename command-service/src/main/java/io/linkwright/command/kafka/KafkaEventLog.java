package io.linkwright.command.kafka;

import io.linkwright.command.log.EventLog;
import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.PartitionLog;
import io.linkwright.schemas.EventSealer;
import io.linkwright.schemas.LogKey;
import io.linkwright.schemas.WireFormat;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The event log on Kafka. A claim is {@code initTransactions} under the partition's transactional
 * id: the transaction coordinator raises the epoch, refuses whoever writes under an older one, and
 * ends the open transaction before it answers (KIP-98, KIP-360).
 */
public final class KafkaEventLog implements EventLog {
  private final KafkaSettings settings;
  private final WireFormat wire;
  private final LogTopics topics;
  private final ConsumerGroupMetadata claims;
  private final ClusterHistory history;
  private final LogKey logKey;
  private volatile boolean historyFits;

  private KafkaEventLog(
      KafkaSettings settings,
      WireFormat wire,
      LogTopics topics,
      ConsumerGroupMetadata claims,
      ClusterHistory history,
      LogKey logKey) {
    this.settings = settings;
    this.wire = wire;
    this.topics = topics;
    this.claims = claims;
    this.history = history;
    this.logKey = logKey;
  }

  /**
   * Looks the topics up.
   *
   * @param keyId of the key that signs what goes to edges; no partition is claimed with another
   *     than the cluster's
   * @param logKey that events are sealed with
   * @throws KafkaException if the cluster does not answer or a topic does not exist
   */
  public static KafkaEventLog open(
      KafkaSettings settings, WireFormat wire, Admin admin, String keyId, LogKey logKey) {
    LogTopics topics = LogTopics.describe(admin);
    return new KafkaEventLog(
        settings,
        wire,
        topics,
        ClaimCheck.group(settings),
        new ClusterHistory(settings, wire, topics, keyId),
        logKey);
  }

  @Override
  public int partitions() {
    return topics.eventPartitions();
  }

  @Override
  public PartitionLog claim(int partition) {
    requireHistory(partition);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.writer(partition), new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      TopicPartition ofEvents = new TopicPartition(topics.events(), partition);
      return new KafkaPartitionLog(
          producer,
          new RecordEncoder(wire, topics, partition),
          new EventSealer(wire, logKey),
          logKey.mac(),
          new PartitionReader(settings, wire, ofEvents),
          ClaimCheck.of(claims, ofEvents));
    } catch (KafkaException failed) {
      producer.close(Duration.ZERO);
      throw new EventLogException("claiming partition %d".formatted(partition), failed);
    }
  }

  /** Before anything is fenced: an instance with a wrong key must not disturb the others. */
  private void requireHistory(int partition) {
    if (historyFits) {
      return;
    }
    try {
      history.require();
      historyFits = true;
    } catch (KafkaException unanswered) {
      throw new EventLogException(
          "claiming partition %d: what the cluster's edges were told cannot be looked up"
              .formatted(partition),
          unanswered);
    }
  }
}
