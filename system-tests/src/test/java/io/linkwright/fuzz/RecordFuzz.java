package io.linkwright.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicDescriptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that is none of ours, and may write to every topic of ours. */
final class RecordFuzz implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int HUGE = 200_000;

  private final FuzzRun fuzz;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<ConsumerRecord<byte[], byte[]>> samples = new ArrayList<>();
  private String last = "";

  RecordFuzz(FuzzRun fuzz, String bootstrapServers) {
    this.fuzz = fuzz;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    readSamples(bootstrapServers);
  }

  /** What was written last, for the message of a finding. */
  String last() {
    return last;
  }

  /** Records of the group that is left alone are not rewritten: that would be no accident. */
  private void readSamples(String bootstrapServers) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      for (TopicDescriptor topic : LinkwrightTopics.all()) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
          consumer.poll(POLL).forEach(samples::add);
        }
      }
    }
    samples.removeIf(record -> record.value() == null || isOfHealthyGroup(record));
    assertThat(samples).isNotEmpty();
  }

  private static boolean isOfHealthyGroup(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    return key.contains(FuzzSite.HEALTHY) || key.contains("calm-");
  }

  /** One record more. */
  void write() throws InterruptedException {
    ConsumerRecord<byte[], byte[]> sample = fuzz.oneOf(samples);
    String topic = fuzz.oneIn(4) ? fuzz.oneOf(LinkwrightTopics.all()).name() : sample.topic();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition(sample), key(sample), value(sample));
    sample.headers().forEach(header -> record.headers().add(header.key(), header.value()));
    if (fuzz.oneIn(4)) {
      record.headers().add("linkwright-revision", fuzz.bytes(40));
    }
    if (fuzz.oneIn(20)) {
      record.headers().add("h".repeat(fuzz.below(2_000)), new byte[fuzz.below(HUGE)]);
    }
    last =
        "topic=%s partition=%s key=%s value_bytes=%d"
            .formatted(
                topic,
                record.partition(),
                record.key() == null ? null : new String(record.key(), StandardCharsets.ISO_8859_1),
                record.value() == null ? -1 : record.value().length);
    try {
      producer.send(record).get();
    } catch (ExecutionException refused) {
      last += " refused by the broker: " + refused.getMessage();
    }
  }

  private Integer partition(ConsumerRecord<byte[], byte[]> sample) {
    return fuzz.oneIn(6) ? Integer.valueOf(0) : Integer.valueOf(sample.partition());
  }

  private byte[] key(ConsumerRecord<byte[], byte[]> sample) {
    return switch (fuzz.below(6)) {
      case 0 -> fuzz.bytes(40);
      case 1 -> fuzz.hostile().getBytes(StandardCharsets.UTF_8);
      case 2 -> "noslash".getBytes(StandardCharsets.UTF_8);
      case 3 -> null;
      default -> sample.key();
    };
  }

  private byte[] value(ConsumerRecord<byte[], byte[]> sample) {
    return switch (fuzz.below(6)) {
      case 0 -> fuzz.bytes(200);
      case 1 -> null;
      case 2 -> "twenty bytes of text".getBytes(StandardCharsets.UTF_8);
      case 3 -> withHead(sample.value(), fuzz.bytes(200));
      default -> fuzz.mutated(sample.value());
    };
  }

  /** The frame of a value of ours, and something else in it. */
  private static byte[] withHead(byte[] framed, byte[] body) {
    byte[] value = new byte[5 + body.length];
    System.arraycopy(framed, 0, value, 0, Math.min(5, framed.length));
    System.arraycopy(body, 0, value, 5, body.length);
    return value;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
