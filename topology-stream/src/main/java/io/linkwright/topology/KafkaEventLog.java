package io.linkwright.topology;

import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.topology.query.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads {@code linkwright.events} with a few consumers that take turns. A consumer serves one
 * caller at a time; it is made when first needed, and thrown away if it fails.
 */
final class KafkaEventLog implements EventLog, AutoCloseable {
  /** Callers served at once. */
  static final int MAX_CONSUMERS = 4;

  /** How long a caller waits for its turn, and how long for its events. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A gap wider than this many offsets, filled by other groups' events, is not read through. */
  private static final long MAX_READ_THROUGH = 2_000;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Map<String, Object> settings;
  private final Deserializer<RecordedEvent> deserializer;
  private final Semaphore turns = new Semaphore(MAX_CONSUMERS, true);
  private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

  KafkaEventLog(TopologyConfig config, Deserializer<RecordedEvent> deserializer) {
    this.settings = new HashMap<>(config.kafka());
    this.deserializer = deserializer;
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "linkwright-audit-" + config.instanceId());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
  }

  @Override
  public List<RecordedEvent> read(int partition, List<Long> offsets) {
    if (offsets.isEmpty()) {
      return List.of();
    }
    takeTurn();
    try {
      Consumer<byte[], byte[]> consumer = idle.poll();
      if (consumer == null) {
        consumer = newConsumer();
      }
      return read(consumer, new TopicPartition(LinkwrightTopics.EVENTS.name(), partition), offsets);
    } finally {
      turns.release();
    }
  }

  /** Closes idle consumers; a caller still reading closes its own by the timeout. */
  @Override
  public void close() {
    Consumer<byte[], byte[]> consumer;
    while ((consumer = idle.poll()) != null) {
      close(consumer);
    }
  }

  private List<RecordedEvent> read(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, List<Long> offsets) {
    boolean reusable = false;
    try {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offsets.getFirst());
      List<RecordedEvent> events = collect(consumer, partition, offsets);
      reusable = true;
      return events;
    } catch (KafkaException failed) {
      throw new EventLogUnavailableException("the log does not answer: " + failed.getMessage());
    } finally {
      if (reusable) {
        idle.add(consumer);
      } else {
        close(consumer);
      }
    }
  }

  private List<RecordedEvent> collect(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, List<Long> offsets) {
    List<RecordedEvent> events = new ArrayList<>(offsets.size());
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (events.size() < offsets.size()) {
      if (System.nanoTime() > deadline) {
        throw new EventLogUnavailableException(
            "offset %d of %s was not read within %d s"
                .formatted(offsets.get(events.size()), partition, TIMEOUT.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (events.size() < offsets.size() && record.offset() == offsets.get(events.size())) {
          events.add(deserializer.deserialize(record.topic(), record.headers(), record.value()));
        }
      }
      skipGap(consumer, partition, offsets, events.size());
    }
    return events;
  }

  private static void skipGap(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, List<Long> offsets, int next) {
    if (next < offsets.size()
        && offsets.get(next) - consumer.position(partition) > MAX_READ_THROUGH) {
      consumer.seek(partition, offsets.get(next));
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EventLogUnavailableException("too many read the log at once");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EventLogUnavailableException("interrupted while waiting for the log");
    }
  }

  private Consumer<byte[], byte[]> newConsumer() {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void close(Consumer<byte[], byte[]> consumer) {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
