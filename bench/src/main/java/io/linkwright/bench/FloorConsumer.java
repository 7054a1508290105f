package io.linkwright.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Stands for one edge of the raw floor: reads all committed configurations and reports those that
 * are its own. One thread owns the consumer.
 */
final class FloorConsumer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final int end;
  private final BothEnds<Long> arrivals;
  private final Thread thread;

  /** Reads from the present end of the topic on. */
  FloorConsumer(String bootstrapServers, String topic, int end, BothEnds<Long> arrivals) {
    this.end = end;
    this.arrivals = arrivals;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, consumer.partitionsFor(topic).size())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(partition -> consumer.position(partition, READY_TIMEOUT));
    this.thread = Thread.ofPlatform().name("floor-consumer-" + end).start(this::read);
  }

  private void read() {
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          ByteBuffer value = ByteBuffer.wrap(record.value());
          long change = value.getLong();
          if (value.get() == end) {
            arrivals.arrived(change);
          }
        }
      }
    } catch (WakeupException closing) {
      consumer.close();
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
