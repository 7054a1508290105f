package io.linkwright.cli.replay;

import io.linkwright.cli.replay.LogFold.Position;
import io.linkwright.cli.serve.ClusterAccess;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.PartitionRead;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.SchemaRegistryException;
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads {@code linkwright.events} into a fold, one partition after the other, each to the end of
 * what was committed when its turn came. No more is held than a fetch and the fold's states. Used
 * by one thread.
 */
public final class LogReplay implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<RecordedEvent> events;
  private final LogFold fold;
  private final ReplayListener listener;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /** A replay of this cluster's log into {@code fold}; nothing is read yet. */
  public LogReplay(ClusterAccess cluster, LogFold fold, ReplayListener listener) {
    Map<String, Object> settings = new HashMap<>(cluster.settings());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "linkwright-audit");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.events = cluster.wire().events().deserializer();
    this.fold = fold;
    this.listener = listener;
  }

  /**
   * Reads what has been committed since the last time, or from the beginning, and returns the
   * number of partitions.
   *
   * @throws ReplayException if the cluster or the registry does not answer, or has no such log
   */
  public int run() throws ReplayException {
    try {
      List<TopicPartition> partitions = partitions();
      for (TopicPartition partition : partitions) {
        read(partition);
      }
      return partitions.size();
    } catch (SchemaRegistryException registry) {
      throw new ReplayException("the schemas cannot be read: " + registry.getMessage(), registry);
    } catch (KafkaException failed) {
      throw new ReplayException("the log cannot be read: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  private List<TopicPartition> partitions() throws ReplayException {
    String topic = LinkwrightTopics.EVENTS.name();
    List<PartitionInfo> known = consumer.listTopics().get(topic);
    if (known == null || known.isEmpty()) {
      throw new ReplayException("the cluster has no topic %s".formatted(topic));
    }
    return known.stream()
        .map(PartitionInfo::partition)
        .sorted(Comparator.naturalOrder())
        .map(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  private void read(TopicPartition partition) {
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    if (!positions.containsKey(partition)) {
      long first = consumer.beginningOffsets(only).get(partition);
      if (first > 0) {
        fold.truncated(partition.partition(), first);
      }
      positions.put(partition, first);
    }
    long from = positions.get(partition);
    long end = consumer.endOffsets(only).get(partition);
    if (from >= end) {
      return;
    }
    consumer.seek(partition, from);
    listener.partition(partition.partition(), end - from);
    PartitionRead.to(end, consumer, partition, new Reader(partition));
  }

  private final class Reader implements PartitionRead.Reader {
    private final TopicPartition partition;

    Reader(TopicPartition partition) {
      this.partition = partition;
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
      fold(record);
    }

    @Override
    public void reached(long position) {
      listener.read(position - positions.put(partition, position));
    }
  }

  private void fold(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Position position = new Position(record.partition(), record.offset(), key);
    switch (ReadRecord.of(events, record.topic(), record.value())) {
      case ReadRecord.Known<RecordedEvent>(RecordedEvent event) -> fold.event(position, event);
      case ReadRecord.Tombstone<RecordedEvent>() ->
          fold.unreadable(position, "a tombstone, which no event is");
      case ReadRecord.Foreign<RecordedEvent>(String reason) -> fold.unreadable(position, reason);
      case ReadRecord.Unknown<RecordedEvent>(String reason) -> fold.unknown(position, reason);
    }
  }
}
