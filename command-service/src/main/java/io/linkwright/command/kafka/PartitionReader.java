package io.linkwright.command.kafka;

import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.UnclaimableLogException;
import io.linkwright.schemas.PartitionRead;
import io.linkwright.schemas.SchemaRegistryException;
import io.linkwright.schemas.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition of the events: at the claim from its beginning to its end, and after it what
 * others than the claim's owner have written. Owned by one thread.
 *
 * <p>The end is asked for after the claim: no earlier writer can add to it any more, and every
 * transaction before it is ended, so {@code read_committed} gets there. It is the end of all that
 * was written and not the last stable offset: that one may lag behind the claim for a moment, and a
 * replay up to it would miss what is committed already.
 *
 * <p>After it the owner knows the offsets of its own records, and that each of its transactions
 * leaves one mark behind them. Only where more offsets are taken is there something to read, so
 * that it costs nothing as long as nobody else writes.
 */
final class PartitionReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionReader.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final RecordDecoder decoder;
  private final TopicPartition partition;
  private final List<TopicPartition> only;

  /** Made when it is needed first. */
  private KafkaConsumer<byte[], byte[]> consumer;

  /** All before this offset is known: read, or the owner's own. */
  private long known;

  /** Marks of the owner's transactions that stand at {@code known} or behind it: 0 or 1. */
  private int marks;

  PartitionReader(KafkaSettings settings, WireFormat wire, TopicPartition partition) {
    this.settings = settings;
    this.decoder = new RecordDecoder(wire);
    this.partition = partition;
    this.only = List.of(partition);
  }

  /**
   * Reads all.
   *
   * @throws EventLogException if the log or the schema registry does not answer in time
   * @throws UnclaimableLogException if the partition does not begin where it once began
   */
  void replay(Consumer<LoggedRecord> reader) {
    reading(
        () -> {
          requireBeginning(consumer().beginningOffsets(only).get(partition));
          long end = writtenEnd();
          long stable = consumer().endOffsets(only).get(partition);
          if (stable < end) {
            LOG.warn(
                "partition={} end={} last_stable_offset={}: replay waits", partition, end, stable);
          }
          known = 0;
          readTo(end, reader);
        });
  }

  /**
   * Reads what others have written since.
   *
   * @throws EventLogException if the log or the schema registry does not answer in time
   */
  void strangers(Consumer<LoggedRecord> reader) {
    reading(
        () -> {
          // The last stable offset: behind it may stand the owner's mark, which is still written.
          long end = consumer().endOffsets(only).get(partition);
          if (end > known + marks) {
            readTo(end, reader);
          }
        });
  }

  /**
   * Reads what others have written before the owner's records, the first of which has this offset:
   * the marks of its former transactions are written when it has.
   *
   * @throws EventLogException if the log or the schema registry does not answer in time
   */
  void strangersBefore(long first, Consumer<LoggedRecord> reader) {
    if (first > known + marks) {
      reading(() -> readTo(first, reader));
    }
  }

  /** The owner's records up to this one are committed. */
  void written(long last) {
    known = last + 1;
    marks = 1;
  }

  private void readTo(long end, Consumer<LoggedRecord> reader) {
    consumer().seek(partition, known);
    PartitionRead.to(end, consumer(), partition, new Reading(reader));
    known = end;
    marks = 0;
  }

  /** Records are known one by one: what fails half way goes on behind them. */
  private final class Reading implements PartitionRead.Reader {
    private final Consumer<LoggedRecord> reader;

    Reading(Consumer<LoggedRecord> reader) {
      this.reader = reader;
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
      reader.accept(decoder.decode(record));
      known = record.offset() + 1;
    }
  }

  private void reading(Runnable read) {
    try {
      read.run();
    } catch (SchemaRegistryException unanswered) {
      throw new EventLogException(
          "reading %s: the schema registry does not answer: %s"
              .formatted(partition, unanswered.getMessage()),
          unanswered);
    } catch (KafkaException failed) {
      throw new EventLogException("reading %s".formatted(partition), failed);
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

  private KafkaConsumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(
              settings.replay(partition.partition()),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      consumer.assign(only);
    }
    return consumer;
  }

  private long writtenEnd() {
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            settings.replayEnd(partition.partition()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      kafka.assign(only); // or the client warns of an answer for what it does not read
      return kafka.endOffsets(only).get(partition);
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      consumer = null;
    }
  }
}
