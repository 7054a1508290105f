package io.linkwright.pusher.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.domain.EdgeConfiguration;
import io.linkwright.pusher.store.ConfigRecord;
import io.linkwright.schemas.RecordHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads key and revision of a record and leaves the value as it is. */
final class RecordReader {
  private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

  private final Deserializer<EdgeConfiguration> deserializer;

  RecordReader(Deserializer<EdgeConfiguration> deserializer) {
    this.deserializer = deserializer;
  }

  /** Empty for a record that is not ours to understand: it is logged and passed over. */
  Optional<ConfigRecord> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.key() == null) {
        throw new IllegalArgumentException("the key is missing");
      }
      EdgeConfigKey key = EdgeConfigKey.parse(new String(record.key(), UTF_8));
      return Optional.of(
          new ConfigRecord(key, revision(record), Optional.ofNullable(record.value())));
    } catch (IllegalArgumentException | SerializationException foreign) {
      LOG.warn(
          "record passed over topic={} partition={} offset={} reason={}",
          record.topic(),
          record.partition(),
          record.offset(),
          foreign.getMessage());
      return Optional.empty();
    }
  }

  /** A writer that sets no header leaves it in the value; a tombstone has none then. */
  private OptionalLong revision(ConsumerRecord<byte[], byte[]> record) {
    OptionalLong header = RecordHeaders.revision(record.headers());
    if (header.isPresent() || record.value() == null) {
      return header;
    }
    return OptionalLong.of(deserializer.deserialize(record.topic(), record.value()).revision());
  }
}
