package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.TopologyEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long SEED = 20_260_714;
  private static final int RECORDS = 2_000;

  private final WireFormat wire = WireFormat.bundled();

  @Test
  void everyEventIsReadAsItWasWritten() {
    Set<Class<?>> seen = new HashSet<>();

    roundTrips(RandomRecords::event, wire.events(), LinkwrightTopics.EVENTS)
        .forEach(event -> seen.add(event.payload().getClass()));

    assertThat(seen).containsExactlyInAnyOrder(GroupEvent.class.getPermittedSubclasses());
  }

  @Test
  void everyTopologyEventIsReadAsItWasWritten() {
    Set<Class<?>> seen = new HashSet<>();

    roundTrips(RandomRecords::topologyEvent, wire.topologyEvents(), LinkwrightTopics.TOPOLOGY)
        .forEach(event -> seen.add(event.payload().getClass()));

    assertThat(seen).containsExactlyInAnyOrder(TopologyEvent.class.getPermittedSubclasses());
  }

  @Test
  void everyEdgeConfigurationIsReadAsItWasWritten() {
    roundTrips(
        RandomRecords::edgeConfiguration, wire.edgeConfigurations(), LinkwrightTopics.EDGE_CONFIG);
  }

  @Test
  void everyEdgeStatusIsReadAsItWasWritten() {
    roundTrips(RandomRecords::edgeStatus, wire.edgeStatuses(), LinkwrightTopics.EDGE_STATUS);
  }

  @Test
  void timesAreKeptToTheMicrosecond() {
    var status = new RandomRecords(SEED).edgeStatus();
    Instant precise = Instant.parse("2026-07-14T10:00:00.123456789Z");
    var preciseStatus =
        new io.linkwright.domain.delivery.EdgeStatus(
            status.group(),
            status.edge(),
            status.connectionId(),
            precise,
            status.connected(),
            status.acknowledgedRevision(),
            status.lastError(),
            status.tunnels(),
            precise);

    var read = roundTrip(preciseStatus, wire.edgeStatuses(), LinkwrightTopics.EDGE_STATUS);

    assertThat(read.reportedAt()).isEqualTo(Instant.parse("2026-07-14T10:00:00.123456Z"));
  }

  private static <T> List<T> roundTrips(
      Function<RandomRecords, T> generator, Serde<T> serde, TopicDescriptor topic) {
    RandomRecords random = new RandomRecords(SEED);
    return IntStream.range(0, RECORDS)
        .mapToObj(
            i -> {
              T written = generator.apply(random);
              T read = roundTrip(written, serde, topic);
              assertThat(read).as("record %d of seed %d", i, SEED).isEqualTo(written);
              return read;
            })
        .toList();
  }

  private static <T> T roundTrip(T record, Serde<T> serde, TopicDescriptor topic) {
    byte[] bytes = serde.serializer().serialize(topic.name(), record);
    return serde.deserializer().deserialize(topic.name(), bytes);
  }
}
