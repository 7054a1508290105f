package io.linkwright.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the records of source topics that never count, and says where they stand. Who floods a
 * topic does not flood the log: a bounded number of lines, then their number. Thread-safe.
 */
final class PassedOver {
  /** Lines within {@link #WINDOW}. */
  static final int MAX_LINES = 10;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int MAX_REASON_LENGTH = 300;
  private static final Logger LOG = LoggerFactory.getLogger(PassedOver.class);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private Instant windowStart = Instant.EPOCH;
  private int lines;
  private long untold;

  PassedOver(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  void record(RecordMetadata place, String reason) {
    Counter.builder("linkwright.topology.records.passed.over")
        .description("Records that are none of ours, or say what cannot be")
        .tag("topic", place.topic())
        .register(registry)
        .increment();
    if (mayTell()) {
      LOG.warn(
          "record is passed over topic={} partition={} offset={} reason={}",
          place.topic(),
          place.partition(),
          place.offset(),
          reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason);
    }
  }

  private synchronized boolean mayTell() {
    Instant now = clock.instant();
    if (!windowStart.plus(WINDOW).isAfter(now)) {
      if (untold > 0) {
        LOG.warn("further records were passed over count={}", untold);
      }
      windowStart = now;
      lines = 0;
      untold = 0;
    }
    if (lines < MAX_LINES) {
      lines++;
      return true;
    }
    untold++;
    return false;
  }
}
