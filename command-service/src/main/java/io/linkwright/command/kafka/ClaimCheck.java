package io.linkwright.command.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a transaction holds that is only to confirm a claim. Kafka ends an empty transaction without
 * asking the coordinator, so it is an offset, in a group that nobody reads: no topic of
 * Linkwright's gets a record for it.
 */
record ClaimCheck(ConsumerGroupMetadata group, Map<TopicPartition, OffsetAndMetadata> offsets) {

  /** The group's metadata as Kafka makes it, which only a consumer can. */
  static ConsumerGroupMetadata group(KafkaSettings settings) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.claims(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    }
  }

  static ClaimCheck of(ConsumerGroupMetadata group, TopicPartition partition) {
    return new ClaimCheck(group, Map.of(partition, new OffsetAndMetadata(0)));
  }

  void send(KafkaProducer<byte[], byte[]> producer) {
    producer.sendOffsetsToTransaction(offsets, group);
  }
}
