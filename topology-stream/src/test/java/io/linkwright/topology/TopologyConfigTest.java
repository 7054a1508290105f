package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The configuration refuses what cannot work, and Kafka gets what was configured. */
final class TopologyConfigTest {
  private static final Path DIR = Path.of("state");

  private static TopologyConfig config(String instance, int threads, Duration commitInterval) {
    return config(instance, URI.create("http://topology-1:8080"), threads, commitInterval);
  }

  private static TopologyConfig config(
      String instance, URI advertised, int threads, Duration commitInterval) {
    return new TopologyConfig(
        "kafka:9092",
        DIR,
        instance,
        Optional.of(advertised),
        threads,
        commitInterval,
        InstantSource.system(),
        Map.of("security.protocol", "SSL"));
  }

  @Test
  void aValueOutsideItsRangeIsNamed() {
    Duration interval = Duration.ofMillis(5);
    assertThatThrownBy(() -> config(" ", 1, interval)).hasMessage("instanceId is empty");
    assertThatThrownBy(() -> config("one", 0, interval))
        .hasMessage("streamThreads=0 is not within 1..64");
    assertThatThrownBy(() -> config("one", 1, Duration.ZERO))
        .hasMessage("commitInterval=PT0S is not within PT0.001S..PT10S");
    assertThatThrownBy(() -> config("one", URI.create("http://topology-1"), 1, interval))
        .hasMessage("advertisedUrl=http://topology-1 is not http://host:port");
  }

  @Test
  void kafkaGetsWhatWasConfigured() {
    Properties settings =
        StreamSettings.of(config("one", 2, Duration.ofMillis(7)), new LogDurability(3, 2));
    assertThat(settings)
        .containsEntry("application.id", "linkwright-topology")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 7L)
        .containsEntry("num.stream.threads", 2)
        .containsEntry("replication.factor", 3)
        .containsEntry("topic.min.insync.replicas", "2")
        .containsEntry("producer.max.request.size", TopologyStream.MAX_RECORD_BYTES)
        .containsEntry("application.server", "topology-1:8080")
        .containsEntry("main.consumer.group.instance.id", "one")
        .containsEntry("security.protocol", "SSL");
  }

  @Test
  void clientSettingsMayBeMorePatient() {
    Properties usual =
        StreamSettings.of(
            TopologyConfig.single("localhost:9092", Path.of("state")), new LogDurability(1, 1));
    Properties patient =
        StreamSettings.of(
            TopologyConfig.single("localhost:9092", Path.of("state"))
                .withKafka(Map.of("session.timeout.ms", "120000")),
            new LogDurability(1, 1));

    assertThat(usual).containsEntry("session.timeout.ms", 10_000);
    assertThat(patient).containsEntry("session.timeout.ms", "120000");
  }
}
