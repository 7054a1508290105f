package io.linkwright.command.kafka;

import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.UnclaimableLogException;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.PartitionRead;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.SchemaRegistryException;
import io.linkwright.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  void run(Consumer<LoggedRecord> consumer) {
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            settings.replay(partition.partition()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> only = List.of(partition);
      kafka.assign(only);
      requireBeginning(kafka.beginningOffsets(only).get(partition));
      kafka.seekToBeginning(only);
      long end = end();
      long stable = kafka.endOffsets(only).get(partition);
      if (stable < end) {
        LOG.warn("partition={} end={} last_stable_offset={}: replay waits", partition, end, stable);
      }
      PartitionRead.to(end, kafka, partition, record -> consumer.accept(logged(record)));
    } catch (SchemaRegistryException unanswered) {
      throw new EventLogException(
          "replaying %s: the schema registry does not answer: %s"
              .formatted(partition, unanswered.getMessage()),
          unanswered);
    } catch (KafkaException failed) {
      throw new EventLogException("replaying %s".formatted(partition), failed);
    }
  }

  /** Nothing deletes from the log, so it begins at 0 as long as nobody has tampered with it. */
  private void requireBeginning(long first) {
    if (first > 0) {
      throw new UnclaimableLogException(
          ("%s begins at offset %d instead of 0: the events before are gone, by retention or by"
                  + " hand. Restore the topic from a backup; groups that edges know in a later"
                  + " state go on with 'linkwright recover GROUP --above-revision N'")
              .formatted(partition, first));
    }
  }

  private LoggedRecord logged(ConsumerRecord<byte[], byte[]> record) {
    long offset = record.offset();
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return switch (ReadRecord.of(events, record.topic(), record.value())) {
      case ReadRecord.Known<RecordedEvent>(RecordedEvent event) ->
          new LoggedRecord.Event(offset, key, event);
      case ReadRecord.Unknown<RecordedEvent>(String why) ->
          new LoggedRecord.Unknown(offset, key, why);
      case ReadRecord.Foreign<RecordedEvent>(String why) -> new LoggedRecord.Foreign(offset, why);
      case ReadRecord.Tombstone<RecordedEvent>() ->
          new LoggedRecord.Foreign(offset, "a tombstone, which no event is");
    };
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
