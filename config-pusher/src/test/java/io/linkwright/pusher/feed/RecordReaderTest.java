package io.linkwright.pusher.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.store.ConfigRecord;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final String TOPIC = LinkwrightTopics.EDGE_CONFIG.name();
  private static final String KEY = "denver/abilene/";
  private static final WireFormat WIRE = WireFormat.bundled();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RecordReader reader =
      new RecordReader(WIRE.edgeConfigurations().deserializer(), new PusherMetrics(registry));

  @Test
  void takesWhatIsOurs() {
    assertThat(read(KEY, membership(7), "7"))
        .map(ConfigRecord::revision)
        .contains(OptionalLong.of(7));
    assertThat(read(KEY, null, "8")).map(ConfigRecord::value).contains(Optional.empty());
    assertThat(passedOver()).isZero();
  }

  @Test
  void passesOverWhatIsNotOurs() {
    assertThat(read("no key of ours", membership(7), "7")).isEmpty();
    assertThat(read(KEY, "twenty bytes of text".getBytes(UTF_8), "7")).isEmpty();
    assertThat(read(KEY, membership(7), "9007199254740991")).isEmpty();
    assertThat(read("seattle/abilene/", membership(7), "7")).isEmpty();
    assertThat(read(KEY, null, "many")).isEmpty();
    assertThat(read(KEY, null, "-1")).isEmpty();
    assertThat(read(KEY, null, Long.toString(Long.MAX_VALUE))).isEmpty();
    assertThat(reader.read(new ConsumerRecord<>(TOPIC, 0, 17, null, membership(7)))).isEmpty();

    assertThat(passedOver()).isEqualTo(8);
  }

  private double passedOver() {
    return registry.find("linkwright.pusher.records.passed.over").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private Optional<ConfigRecord> read(String key, byte[] value, String revision) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(TOPIC, 0, 17, key.getBytes(UTF_8), value);
    record.headers().add(RecordHeaders.REVISION, revision.getBytes(UTF_8));
    return reader.read(record);
  }

  private static byte[] membership(long revision) {
    EdgeConfigKey key = EdgeConfigKey.ofMembership(new EdgeId("denver"), new GroupId("abilene"));
    SignedDocument document = new SignedDocument(new byte[10], "0123456789abcdef", new byte[64]);
    return WIRE.edgeConfigurations()
        .serializer()
        .serialize(TOPIC, new EdgeConfiguration(key, revision, document, Optional.empty()));
  }
}
