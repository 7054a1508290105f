package io.linkwright.command.kafka;

import io.linkwright.command.log.EventLogException;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.schemas.PartitionRead;
import io.linkwright.schemas.WireFormat;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition of the events from its beginning to its end. The end is asked for after the
 * claim: no earlier writer can add to it any more, and every transaction before it is ended, so
 * {@code read_committed} gets there. It is the end of all that was written and not the last stable
 * offset: that one may lag behind the claim for a moment, and a replay up to it would miss what is
 * committed already.
 */
final class PartitionReplay {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionReplay.class);

  private final KafkaSettings settings;
  private final Deserializer<RecordedEvent> events;
  private final TopicPartition partition;

  PartitionReplay(KafkaSettings settings, WireFormat wire, TopicPartition partition) {
    this.settings = settings;
    this.events = wire.events().deserializer();
    this.partition = partition;
  }

  void run(Consumer<RecordedEvent> consumer) {
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            settings.replay(partition.partition()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> only = List.of(partition);
      kafka.assign(only);
      kafka.seekToBeginning(only);
      long end = end();
      long stable = kafka.endOffsets(only).get(partition);
      if (stable < end) {
        LOG.warn("partition={} end={} last_stable_offset={}: replay waits", partition, end, stable);
      }
      PartitionRead.to(
          end,
          kafka,
          partition,
          record -> consumer.accept(events.deserialize(record.topic(), record.value())));
    } catch (KafkaException failed) {
      throw new EventLogException("replaying %s".formatted(partition), failed);
    }
  }

  private long end() {
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            settings.replayEnd(partition.partition()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      kafka.assign(
          List.of(partition)); // or the client warns of an answer for what it does not read
      return kafka.endOffsets(List.of(partition)).get(partition);
    }
  }
}
