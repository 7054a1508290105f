package io.linkwright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class KafkaFloorTest {
  private static final int PARTITIONS = 3;

  @TempDir private Path directory;

  @Test
  void everyChangeReachesBothConsumersAndIsTimedOnce() throws Exception {
    LinkRecords sample = new LinkRecords(record(900), List.of(record(2_000), record(2_000)));

    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
        KafkaFloor floor = new KafkaFloor(kafka.bootstrapServers(), sample, PARTITIONS)) {
      WarmUp warmUp = new WarmUp(Duration.ofMillis(500), new PrintWriter(Writer.nullWriter()));
      Latencies latencies = floor.latencies(100, warmUp, Duration.ofSeconds(1));
      double changesPerSecond = floor.changesPerSecond(50, warmUp, Duration.ofMillis(500));

      assertThat(latencies.count()).isEqualTo(100);
      assertThat(latencies.milliseconds(50)).isBetween(0.05, 5_000.0);
      assertThat(changesPerSecond).isGreaterThan(50);
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(int valueBytes) {
    return new ConsumerRecord<>("topic", 1, 0, new byte[20], new byte[valueBytes]);
  }
}
