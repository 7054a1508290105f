package io.linkwright.command.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.CloudEventHeaders;
import io.linkwright.schemas.EventSealer;
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
  private final Serializer<EdgeConfiguration> configurations;

  RecordEncoder(WireFormat wire, LogTopics topics, int partition) {
    this.topics = topics;
    this.partition = partition;
    this.configurations = wire.edgeConfigurations().serializer();
  }

  /**
   * A record as it is sent.
   *
   * @param events of its transaction so far
   */
  ProducerRecord<byte[], byte[]> encode(LogRecord record, EventSealer.Batch events) {
    return switch (record) {
      case LogRecord.Event(RecordedEvent event) -> encode(event, events.seal(event));
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

  private ProducerRecord<byte[], byte[]> encode(RecordedEvent event, EventSealer.Sealed sealed) {
    return new ProducerRecord<>(
        topics.events(),
        partition,
        null,
        event.group().value().getBytes(UTF_8),
        sealed.value(),
        CloudEventHeaders.of(event).add(RecordHeaders.mac(sealed.seal().mac().orElseThrow())));
  }
}
