package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.schemas.avro.GroupDeleted;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class WireFormatTest {
  private static final long SEED = 11;
  private static final String TOPIC = LinkwrightTopics.EDGE_STATUS.name();

  private final Serde<EdgeStatus> statuses = WireFormat.bundled().edgeStatuses();
  private final EdgeStatus status = new RandomRecords(SEED).edgeStatus();

  @Test
  void recordsBeginWithAZeroByteAndTheIdOfTheirSchema() {
    assertThat(start(write(status))).containsExactly(0, 0, 0, 0, 8);
  }

  @Test
  void bundledIdsNeverChange() {
    Map<Integer, String> subjects =
        BundledSchemaRegistry.instance().entries().stream()
            .collect(
                Collectors.toMap(
                    BundledSchemaRegistry.Entry::id, BundledSchemaRegistry.Entry::subject));

    assertThat(subjects)
        .isEqualTo(
            Map.of(
                1, "linkwright.events-value",
                2, "linkwright.edge-config-value",
                3, "linkwright.edge-status-value",
                4, "linkwright.topology-value",
                5, "linkwright.events-value",
                6, "linkwright.edge-status-value",
                7, "linkwright.events-value",
                8, "linkwright.edge-status-value"));
  }

  @Test
  void tombstonesStayTombstones() {
    assertThat(statuses.serializer().serialize(TOPIC, null)).isNull();
    assertThat(statuses.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
  }

  @Test
  void bytesOfAnotherFormatAreRefused() {
    assertRefused(new byte[] {0, 0, 0}, "3 bytes is too short");
    assertRefused("{\"json\":true}".getBytes(UTF_8), "0x7b");
    assertRefused(
        new byte[] {0, 0, 0, 1, 0},
        "schema id 256 is not bundled; ids [1, 2, 3, 4, 5, 6, 7, 8] are");
  }

  @Test
  void damagedRecordsAreRefused() {
    byte[] whole = write(status);

    assertRefused(Arrays.copyOf(whole, whole.length - 1), "cannot be read");
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "bytes after its end");
  }

  @Test
  void aRecordOfAnotherTopicIsRefused() {
    byte[] event =
        WireFormat.bundled()
            .events()
            .serializer()
            .serialize(LinkwrightTopics.EVENTS.name(), new RandomRecords(SEED).event());

    assertRefused(event, "was read as io.linkwright.schemas.avro.GroupEvent");
  }

  @Test
  void aSchemaThatIsNotBundledForTheTopicIsNotWritten() {
    AvroSerializer serializer = new AvroSerializer(BundledSchemaRegistry.instance());

    assertThatThrownBy(() -> serializer.serialize(TOPIC, new GroupDeleted()))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessageContaining("GroupDeleted")
        .hasMessageContaining("linkwright.edge-status-value");
  }

  @Test
  void threadsMayShareASerde() throws Exception {
    Serde<RecordedEvent> events = WireFormat.bundled().events();
    Callable<Boolean> work =
        () -> {
          RandomRecords random = new RandomRecords(SEED);
          return IntStream.range(0, 300)
              .mapToObj(_ -> random.event())
              .allMatch(event -> event.equals(roundTrip(events, event)));
        };

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> done : threads.invokeAll(List.of(work, work, work, work))) {
        assertThat(done.get()).as("seed %d", SEED).isTrue();
      }
    }
  }

  @Test
  void aRegistryByUrlWritesTheSameBytesAsTheBundledOne() throws IOException {
    RegistryEndpoint endpoint = new RegistryEndpoint(BundledSchemaRegistry.instance());
    try (LocalHttpServer server =
        new LocalHttpServer(
            request -> endpoint.answer(request.method(), request.path(), request.body()))) {
      WireFormat wire =
          WireFormat.configured(Map.of("schema.registry.url", server.url().toString()));

      byte[] written = wire.edgeStatuses().serializer().serialize(TOPIC, status);

      assertThat(written).isEqualTo(write(status));
      assertThat(wire.edgeStatuses().deserializer().deserialize(TOPIC, written)).isEqualTo(status);
    }
  }

  @Test
  void classesAreChosenByName() {
    WireFormat wire =
        WireFormat.configured(
            Map.of(
                "schema.registry.url", "bundled:",
                "value.serializer", AvroSerializer.class.getName(),
                "value.deserializer", AvroDeserializer.class.getName()));

    assertThat(roundTrip(wire.edgeStatuses(), status)).isEqualTo(status);
  }

  @Test
  void badConfigurationIsNamed() {
    assertMisconfigured(Map.of(), "schema.registry.url");
    assertMisconfigured(Map.of("schema.registry.url", "registry:8081"), "schema.registry.url");
    assertMisconfigured(Map.of("schema.registry.url", "http://a:1,ftp://b"), "schema.registry.url");
    assertMisconfigured(
        Map.of("schema.registry.url", "bundled:", "value.serializer", "io.example.Missing"),
        "value.serializer");
    assertMisconfigured(
        Map.of(
            "schema.registry.url",
            "bundled:",
            "value.deserializer",
            StringSerializer.class.getName()),
        "value.deserializer");
  }

  @Test
  void keysAreNotAvro() {
    Map<String, String> config = Map.of("schema.registry.url", "bundled:");

    assertThatThrownBy(() -> new AvroSerializer().configure(config, true))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> new AvroDeserializer().configure(config, true))
        .isInstanceOf(ConfigException.class);
  }

  private byte[] write(EdgeStatus record) {
    return statuses.serializer().serialize(TOPIC, record);
  }

  private static <T> T roundTrip(Serde<T> serde, T record) {
    byte[] bytes = serde.serializer().serialize(topicOf(record), record);
    return serde.deserializer().deserialize(topicOf(record), bytes);
  }

  private static String topicOf(Object record) {
    return record instanceof RecordedEvent ? LinkwrightTopics.EVENTS.name() : TOPIC;
  }

  private static byte[] start(byte[] bytes) {
    return Arrays.copyOf(bytes, ConfluentHeader.LENGTH_BYTES);
  }

  private void assertRefused(byte[] bytes, String words) {
    assertThatThrownBy(() -> statuses.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(words);
  }

  private static void assertMisconfigured(Map<String, String> config, String key) {
    assertThatThrownBy(() -> WireFormat.configured(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }
}
