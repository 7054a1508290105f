package io.linkwright.cli.replay;

import io.linkwright.cli.cluster.ClusterAccess;
import io.linkwright.schemas.PartitionRead;
import io.linkwright.schemas.SchemaRegistryException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed on a topic, one partition after the other, each to the end of what was
 * committed when its turn came. Remembers how far it has come. Used by one thread.
 */
final class CommittedTopic implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final String name;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ReplayListener listener;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /** Of this cluster; nothing is read yet. */
  CommittedTopic(ClusterAccess cluster, String name, ReplayListener listener) {
    Map<String, Object> settings = new HashMap<>(cluster.settings());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "linkwright-audit");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    this.name = name;
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.listener = listener;
  }

  /** Hears of what is read. Called by the reading thread. */
  interface Reader {
    /** A partition is read for the first time, from its first record, which has this offset. */
    default void begins(int partition, long firstOffset) {}

    /** The next record of its partition. */
    void record(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Reads what has been committed since the last time, or from the beginning, and returns the
   * number of partitions.
   *
   * @throws ReplayException if the cluster or the registry does not answer, or has no such topic
   */
  int read(Reader reader) throws ReplayException {
    List<TopicPartition> partitions = partitions();
    try {
      for (TopicPartition partition : partitions) {
        read(partition, reader);
      }
    } catch (SchemaRegistryException registry) {
      throw new ReplayException("the schemas cannot be read: " + registry.getMessage(), registry);
    } catch (KafkaException failed) {
      throw unreadable(failed);
    }
    return partitions.size();
  }

  /**
   * How many partitions the topic has.
   *
   * @throws ReplayException if the cluster does not answer or has no such topic
   */
  int partitionCount() throws ReplayException {
    return partitions().size();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  private List<TopicPartition> partitions() throws ReplayException {
    List<PartitionInfo> known;
    try {
      known = consumer.listTopics().get(name);
    } catch (KafkaException failed) {
      throw unreadable(failed);
    }
    if (known == null || known.isEmpty()) {
      throw new ReplayException("the cluster has no topic %s".formatted(name));
    }
    return known.stream()
        .map(PartitionInfo::partition)
        .sorted(Comparator.naturalOrder())
        .map(partition -> new TopicPartition(name, partition))
        .toList();
  }

  private ReplayException unreadable(KafkaException failed) {
    return new ReplayException(
        "%s cannot be read: %s".formatted(name, failed.getMessage()), failed);
  }

  private void read(TopicPartition partition, Reader reader) {
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    if (!positions.containsKey(partition)) {
      long first = consumer.beginningOffsets(only).get(partition);
      reader.begins(partition.partition(), first);
      positions.put(partition, first);
    }
    long from = positions.get(partition);
    long end = consumer.endOffsets(only).get(partition);
    if (from >= end) {
      return;
    }
    consumer.seek(partition, from);
    listener.partition(partition.partition(), end - from);
    PartitionRead.to(end, consumer, partition, new Following(partition, reader));
  }

  private final class Following implements PartitionRead.Reader {
    private final TopicPartition partition;
    private final Reader reader;

    Following(TopicPartition partition, Reader reader) {
      this.partition = partition;
      this.reader = reader;
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
      reader.record(record);
    }

    @Override
    public void reached(long position) {
      listener.read(position - positions.put(partition, position));
    }
  }
}
