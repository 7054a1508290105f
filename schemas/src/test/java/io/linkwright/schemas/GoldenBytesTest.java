package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.TopologyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/**
 * Holds the bytes of released records. A golden file is written once, by a person, and never
 * changed: logs out there are full of such bytes. A new kind of record gets a new file.
 */
class GoldenBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path PROPOSED = Path.of("target/golden");
  private static final int BYTES_PER_LINE = 32;

  private final WireFormat wire = WireFormat.bundled();

  @Test
  void eventsAreWrittenAndReadAsReleased() throws IOException {
    check(GoldenRecords.events(), GoldenRecords::recorded, wire.events(), LinkwrightTopics.EVENTS);
  }

  @Test
  void topologyEventsAreWrittenAndReadAsReleased() throws IOException {
    check(
        GoldenRecords.topologyEvents(),
        GoldenRecords::recorded,
        wire.topologyEvents(),
        LinkwrightTopics.TOPOLOGY);
  }

  @Test
  void edgeConfigurationsAreWrittenAndReadAsReleased() throws IOException {
    check(
        GoldenRecords.edgeConfigurations(),
        Function.identity(),
        wire.edgeConfigurations(),
        LinkwrightTopics.EDGE_CONFIG);
  }

  @Test
  void edgeStatusesAreWrittenAndReadAsReleased() throws IOException {
    check(
        GoldenRecords.edgeStatuses(),
        Function.identity(),
        wire.edgeStatuses(),
        LinkwrightTopics.EDGE_STATUS);
  }

  /** Written by an earlier version with a schema of its own. */
  @Test
  void formerEventsAreStillRead() throws IOException {
    for (Map.Entry<String, GroupEvent> former : GoldenRecords.formerEvents().entrySet()) {
      byte[] released = bytes(Files.readString(GOLDEN.resolve(former.getKey() + ".hex")));

      assertThat(wire.events().deserializer().deserialize(LinkwrightTopics.EVENTS.name(), released))
          .isEqualTo(GoldenRecords.formerlyRecorded(former.getValue()));
    }
  }

  /** Written by an earlier version with a schema of its own. */
  @Test
  void formerEdgeStatusesAreStillRead() throws IOException {
    for (Map.Entry<String, EdgeStatus> former : GoldenRecords.formerEdgeStatuses().entrySet()) {
      byte[] released = bytes(Files.readString(GOLDEN.resolve(former.getKey() + ".hex")));

      assertThat(
              wire.edgeStatuses()
                  .deserializer()
                  .deserialize(LinkwrightTopics.EDGE_STATUS.name(), released))
          .isEqualTo(former.getValue());
    }
  }

  @Test
  void everyKindOfEventHasAGoldenFile() {
    assertThat(classes(GoldenRecords.events()))
        .containsExactlyInAnyOrder(GroupEvent.class.getPermittedSubclasses());
    assertThat(classes(GoldenRecords.topologyEvents()))
        .containsExactlyInAnyOrder(TopologyEvent.class.getPermittedSubclasses());
  }

  @Test
  void noGoldenFileIsLeftUnchecked() throws IOException {
    Set<String> checked =
        Stream.of(
                GoldenRecords.events(),
                GoldenRecords.formerEvents(),
                GoldenRecords.topologyEvents(),
                GoldenRecords.edgeConfigurations(),
                GoldenRecords.edgeStatuses(),
                GoldenRecords.formerEdgeStatuses())
            .flatMap(records -> records.keySet().stream())
            .map(name -> name + ".hex")
            .collect(Collectors.toSet());

    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(checked);
    }
  }

  private static <P, T> void check(
      Map<String, P> records, Function<P, T> envelope, Serde<T> serde, TopicDescriptor topic)
      throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, P> entry : records.entrySet()) {
      T record = envelope.apply(entry.getValue());
      String written = hex(serde.serializer().serialize(topic.name(), record));
      Path golden = GOLDEN.resolve(entry.getKey() + ".hex");
      if (Files.notExists(golden)) {
        missing.add(propose(entry.getKey(), written).toString());
        continue;
      }
      String released = Files.readString(golden);
      assertThat(written)
          .as("%s: released bytes never change; add a new kind of record", entry.getKey())
          .isEqualTo(released);
      assertThat(serde.deserializer().deserialize(topic.name(), bytes(released)))
          .as(entry.getKey())
          .isEqualTo(record);
    }
    if (!missing.isEmpty()) {
      fail(
          "no golden bytes yet. If these records are new, freeze them once and for all: cp %s %s/"
              .formatted(String.join(" ", missing), GOLDEN));
    }
  }

  private static Path propose(String name, String hex) throws IOException {
    Files.createDirectories(PROPOSED);
    return Files.writeString(PROPOSED.resolve(name + ".hex"), hex);
  }

  private static Set<Class<?>> classes(Map<String, ?> records) {
    return records.values().stream()
        .map(Object::getClass)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < bytes.length; from += BYTES_PER_LINE) {
      int to = Math.min(from + BYTES_PER_LINE, bytes.length);
      text.append(HexFormat.of().formatHex(bytes, from, to)).append('\n');
    }
    return text.toString();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace("\n", ""));
  }
}
