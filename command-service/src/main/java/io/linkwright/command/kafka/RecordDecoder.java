package io.linkwright.command.kafka;

import io.linkwright.command.log.LoggedRecord;
import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.LogChain;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what stands on a partition of the events. Owned by one thread. */
final class RecordDecoder {
  private final Deserializer<RecordedEvent> events;
  private final LogChain chain = new LogChain();

  RecordDecoder(WireFormat wire) {
    this.events = wire.events().deserializer();
  }

  /**
   * Reads a record.
   *
   * @throws io.linkwright.schemas.SchemaRegistryException if the registry does not answer
   */
  LoggedRecord decode(ConsumerRecord<byte[], byte[]> record) {
    long offset = record.offset();
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return switch (ReadRecord.of(events, record.topic(), record.value())) {
      case ReadRecord.Known<RecordedEvent>(RecordedEvent event) ->
          new LoggedRecord.Event(offset, key, event, seal(record));
      case ReadRecord.Unknown<RecordedEvent>(String why) ->
          new LoggedRecord.Unknown(offset, key, why);
      case ReadRecord.Foreign<RecordedEvent>(String why) -> new LoggedRecord.Foreign(offset, why);
      case ReadRecord.Tombstone<RecordedEvent>() ->
          new LoggedRecord.Foreign(offset, "a tombstone, which no event is");
    };
  }

  private EventSeal seal(ConsumerRecord<byte[], byte[]> record) {
    return new EventSeal(chain.digest(record.value()), RecordHeaders.mac(record.headers()));
  }
}
