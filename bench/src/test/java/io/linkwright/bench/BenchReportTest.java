package io.linkwright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private static final Duration SECONDS = Duration.ofSeconds(10);

  @Test
  void figuresStandInTheReportWithTheirRatios() {
    BenchFigures figures =
        new BenchFigures(
            new BenchSettings(200, SECONDS, SECONDS),
            new LinkLatencyRun.Result(constant(4), constant(2), new GroupId("g"), link()),
            new LinkRecords(record(300), List.of(record(2_000), record(2_001))),
            new FloorFigures(constant(1), 40_000, 100_000),
            new ThroughputRun.Result(5_000, 12_500),
            new GroupSizeRun.Result(
                new GroupSizeRun.Cost(100, 200), new GroupSizeRun.Cost(110, 210)));

    assertThat(BenchReport.text(figures.json()).lines().map(String::strip))
        .anyMatch(line -> line.matches("both edges have applied it +4\\.0 +4\\.0 +4\\.0 .* 10"))
        .anyMatch(line -> line.matches("times the floor +4\\.0 +4\\.0"))
        .anyMatch(line -> line.matches("single requests, 64 in flight +5,000 +40,000 +8\\.0"))
        .anyMatch(line -> line.matches("batches of 500 +12,500 +100,000 +8\\.0"))
        .anyMatch(line -> line.matches("ratio +1\\.10 +1\\.05"))
        .anyMatch(line -> line.contains("event 320, configurations [2020,2021]"));
  }

  @Test
  void moreLinksThanTheEdgesHaveAreRefused() {
    assertThatThrownBy(() -> new BenchSettings(5_000, SECONDS, SECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--rate 5000")
        .hasMessageContaining("leave no more than 11,800");
  }

  private static LinkId link() {
    return LinkId.between(new EdgeId("a"), new EdgeId("b"));
  }

  private static Latencies constant(int milliseconds) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 10; i++) {
      latencies.record(Duration.ofMillis(milliseconds).toNanos());
    }
    return latencies;
  }

  private static ConsumerRecord<byte[], byte[]> record(int valueBytes) {
    return new ConsumerRecord<>(
        "topic",
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        20,
        valueBytes,
        new byte[20],
        new byte[valueBytes],
        new RecordHeaders(),
        Optional.empty());
  }
}
