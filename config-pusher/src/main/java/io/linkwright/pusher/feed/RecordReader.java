package io.linkwright.pusher.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.text.PlainText;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.pulse.LogLimit;
import io.linkwright.pusher.store.ConfigRecord;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.RecordHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells records of ours from those of others: anybody may write to the topic. What is not ours is
 * counted and passed over, so that it takes the place of nothing.
 */
final class RecordReader {
  private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);
  private static final int MAX_REASON_LENGTH = 300;

  private final Deserializer<EdgeConfiguration> deserializer;
  private final PusherMetrics metrics;
  private final LogLimit foreign = new LogLimit();

  RecordReader(Deserializer<EdgeConfiguration> deserializer, PusherMetrics metrics) {
    this.deserializer = deserializer;
    this.metrics = metrics;
  }

  /**
   * Empty for a record that is not ours.
   *
   * @throws io.linkwright.schemas.SchemaRegistryException if the registry does not answer; the same
   *     record is to be read again
   */
  Optional<ConfigRecord> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(ours(record));
    } catch (IllegalArgumentException notOurs) {
      passedOver(record, notOurs.getMessage());
      return Optional.empty();
    }
  }

  private ConfigRecord ours(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      throw new IllegalArgumentException("the key is missing");
    }
    EdgeConfigKey key = EdgeConfigKey.parse(new String(record.key(), UTF_8));
    OptionalLong header = RecordHeaders.revision(record.headers());
    return switch (ReadRecord.of(deserializer, record.topic(), record.value())) {
      case ReadRecord.Known<EdgeConfiguration>(EdgeConfiguration found) ->
          new ConfigRecord(key, revision(key, header, found), Optional.of(record.value()));
      case ReadRecord.Tombstone<EdgeConfiguration>() ->
          new ConfigRecord(key, header, Optional.empty());
      // A newer writer's: it takes its place, and is withheld from the edge until it can be read.
      case ReadRecord.Unknown<EdgeConfiguration> _ ->
          new ConfigRecord(key, header, Optional.of(record.value()));
      case ReadRecord.Foreign<EdgeConfiguration>(String reason) ->
          throw new IllegalArgumentException(reason);
    };
  }

  /** A writer that sets no header leaves the revision in the value alone. */
  private static OptionalLong revision(
      EdgeConfigKey key, OptionalLong header, EdgeConfiguration found) {
    if (!found.key().equals(key)) {
      throw new IllegalArgumentException(
          "a record under %s is about %s".formatted(key, found.key()));
    }
    if (header.isPresent() && header.getAsLong() != found.revision()) {
      throw new IllegalArgumentException(
          "a record of %s has revision %d and %d in its header"
              .formatted(key, found.revision(), header.getAsLong()));
    }
    return OptionalLong.of(found.revision());
  }

  private void passedOver(ConsumerRecord<byte[], byte[]> record, String reason) {
    metrics.passedOver(record.topic());
    foreign
        .next()
        .ifPresent(
            leftOut ->
                LOG.warn(
                    "record passed over topic={} partition={} offset={} not_logged={} reason={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    leftOut,
                    PlainText.of(reason, MAX_REASON_LENGTH)));
  }
}
