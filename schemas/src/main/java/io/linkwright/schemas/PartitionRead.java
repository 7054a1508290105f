package io.linkwright.schemas;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a partition up to an end that is known beforehand. What counts is the consumer's position
 * and not the records it hands out: the marks of transactions and aborted records take offsets,
 * too.
 */
public final class PartitionRead {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls without progress after which it gives up. */
  private static final int MAX_IDLE_POLLS = 40;

  private PartitionRead() {}

  /** Hears of the records, and of the position after each poll. Called by the reading thread. */
  public interface Reader {
    /** The next record. */
    void record(ConsumerRecord<byte[], byte[]> record);

    /** All before this offset has been read. */
    default void reached(long position) {}
  }

  /**
   * Reads from the consumer's position to {@code end}.
   *
   * @param consumer {@code partition} alone is assigned to it
   * @throws KafkaException if the cluster fails or there is no progress for 20 s
   */
  public static void to(
      long end, Consumer<byte[], byte[]> consumer, TopicPartition partition, Reader reader) {
    int idlePolls = 0;
    long position = consumer.position(partition);
    while (position < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end) {
          reader.record(record);
        }
      }
      long next = consumer.position(partition);
      idlePolls = next > position ? 0 : idlePolls + 1;
      position = next;
      reader.reached(Math.min(position, end));
      if (idlePolls > MAX_IDLE_POLLS) {
        throw new KafkaException(
            "no progress at offset %d of %d in %s".formatted(position, end, partition));
      }
    }
  }
}
