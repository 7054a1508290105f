package io.linkwright.pusher.feed;

import io.linkwright.pusher.store.ConfigRecord;
import io.linkwright.pusher.store.ConfigStore;
import io.linkwright.pusher.store.StoreOrigin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves records from the topic to the store, from where the store stopped. Every batch is stored
 * together with the offsets that follow it before anybody hears of it. Owned by the feed's thread.
 */
final class TopicReader {
  /** Bounds how long a request for a checkpoint, or to stop, waits. */
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

  private static final Duration OFFSETS_TIMEOUT = Duration.ofSeconds(15);

  private final Consumer<byte[], byte[]> consumer;
  private final ConfigTopic topic;
  private final ConfigStore store;
  private final RecordReader records;
  private final InstantSource clock;

  TopicReader(
      Consumer<byte[], byte[]> consumer,
      ConfigTopic topic,
      ConfigStore store,
      RecordReader records,
      InstantSource clock) {
    this.consumer = consumer;
    this.topic = topic;
    this.store = store;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Takes up reading where the store stopped; a store without content begins at the beginning.
   *
   * @throws OutdatedStoreException if the store's content has to go first
   */
  void begin() {
    Map<Integer, Long> positions = store.positions();
    if (!positions.isEmpty() && !topic.continues(store.origin(), clock.instant())) {
      throw new OutdatedStoreException("read from another topic, or too long ago");
    }
    consumer.assign(topic.partitions());
    ConfigTopic.requireWithin(positions, endOffsets());
    for (TopicPartition partition : topic.partitions()) {
      Long position = positions.get(partition.partition());
      if (position == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, position);
      }
    }
  }

  /** Where the topic ends now; reading committed records only, so before any open transaction. */
  Checkpoint checkpoint() {
    return new Checkpoint(clock.instant(), endOffsets());
  }

  /** Asks for the next checkpoint, without waiting for it. */
  EndProbe ask(Admin admin) {
    return EndProbe.ask(admin, topic.partitions(), clock);
  }

  private Map<TopicPartition, Long> endOffsets() {
    return consumer.endOffsets(topic.partitions(), OFFSETS_TIMEOUT);
  }

  long behind(Checkpoint checkpoint) {
    return checkpoint.behind(consumer::position);
  }

  /** Notes that the store held everything when the checkpoint was taken. */
  void reached(Checkpoint checkpoint) {
    store.origin(new StoreOrigin(topic.id(), checkpoint.takenAt()));
  }

  /** Throws if the store has not been current for too long to be brought up to date. */
  void requireCurrentEnough(Instant lastCurrent) {
    if (!topic.isCurrentEnough(lastCurrent, clock.instant())) {
      throw new OutdatedStoreException("not current since " + lastCurrent);
    }
  }

  /** Waits a moment for records and stores what came. */
  List<ConfigRecord> next() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL_TIMEOUT);
    if (polled.isEmpty()) {
      return List.of();
    }
    List<ConfigRecord> batch = new ArrayList<>(polled.count());
    Map<Integer, Long> positions = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> ofPartition = polled.records(partition);
      for (ConsumerRecord<byte[], byte[]> record : ofPartition) {
        Optional<ConfigRecord> read = records.read(record);
        read.ifPresent(batch::add);
      }
      positions.put(partition.partition(), ofPartition.getLast().offset() + 1);
    }
    store.apply(batch, positions);
    return batch;
  }
}
