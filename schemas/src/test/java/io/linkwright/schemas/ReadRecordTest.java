package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.group.RecordedEvent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** Whatever stands on a topic, reading it has an outcome. */
class ReadRecordTest {
  private static final String TOPIC = LinkwrightTopics.EVENTS.name();

  private final Serde<RecordedEvent> events = WireFormat.bundled().events();
  private final RecordedEvent event = new RandomRecords(7).event();

  @Test
  void aRecordOfOursIsKnown() {
    assertThat(read(bytes())).isEqualTo(new ReadRecord.Known<>(event));
    assertThat(read(null)).isEqualTo(new ReadRecord.Tombstone<>());
  }

  @Test
  void whatIsNotOursIsForeign() {
    assertForeign("twenty bytes of text".getBytes(UTF_8));
    assertForeign(new byte[0]);
    assertForeign(Arrays.copyOf(bytes(), bytes().length - 1));
    assertForeign(
        WireFormat.bundled()
            .edgeStatuses()
            .serializer()
            .serialize(LinkwrightTopics.EDGE_STATUS.name(), new RandomRecords(7).edgeStatus()));
  }

  @Test
  void whatANewerVersionWroteIsUnknownAndNotForeign() {
    byte[] newer = bytes();
    newer[4] = 99;

    assertThat(read(newer)).isInstanceOf(ReadRecord.Unknown.class);
  }

  @Test
  void aRegistryThatIsAwaySaysNothingOfTheRecord() {
    Serde<RecordedEvent> remote =
        WireFormat.of(new HttpSchemaRegistry(List.of(URI.create("http://127.0.0.1:1")))).events();

    assertThatThrownBy(() -> ReadRecord.of(remote.deserializer(), TOPIC, bytes()))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessageContaining("http://127.0.0.1:1");
  }

  private ReadRecord<RecordedEvent> read(byte[] value) {
    return ReadRecord.deserializer(events.deserializer()).deserialize(TOPIC, value);
  }

  private byte[] bytes() {
    return events.serializer().serialize(TOPIC, event);
  }

  private void assertForeign(byte[] value) {
    assertThat(read(value)).isInstanceOf(ReadRecord.Foreign.class);
  }
}
