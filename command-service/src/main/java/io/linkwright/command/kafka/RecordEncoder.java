package io.linkwright.command.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.CloudEventHeaders;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Puts records into bytes and onto partitions: an event onto the writer's own, a configuration onto
 * that of its edge. Kafka's timestamp is left to the producer.
 */
final class RecordEncoder {
  private final LogTopics topics;
  private final int partition;
  private final Serializer<RecordedEvent> events;
  private final Serializer<EdgeConfiguration> configurations;

  RecordEncoder(WireFormat wire, LogTopics topics, int partition) {
    this.topics = topics;
    this.partition = partition;
    this.events = wire.events().serializer();
    this.configurations = wire.edgeConfigurations().serializer();
  }

  ProducerRecord<byte[], byte[]> encode(LogRecord record) {
    return switch (record) {
      case LogRecord.Event(RecordedEvent event) ->
          new ProducerRecord<>(
              topics.events(),
              partition,
              null,
              event.group().value().getBytes(UTF_8),
              events.serialize(topics.events(), event),
              CloudEventHeaders.of(event));
      case LogRecord.Configuration(
              EdgeConfigKey key,
              long revision,
              Optional<EdgeConfiguration> value) ->
          new ProducerRecord<>(
              topics.edgeConfig(),
              topics.edgeConfigPartition(key.edge()),
              null,
              key.toString().getBytes(UTF_8),
              value.map(set -> configurations.serialize(topics.edgeConfig(), set)).orElse(null),
              List.of(RecordHeaders.revision(revision)));
    };
  }
}
