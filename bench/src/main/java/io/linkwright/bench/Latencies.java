package io.linkwright.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A distribution of times. Thread-safe. */
final class Latencies {
  private static final long MAX_NANOS = 120_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NANOS_PER_MS = 1_000_000.0;

  private final Histogram nanos = new ConcurrentHistogram(MAX_NANOS, SIGNIFICANT_DIGITS);

  /** Beyond two minutes counts as two minutes. */
  void record(long elapsedNanos) {
    nanos.recordValue(Math.clamp(elapsedNanos, 0, MAX_NANOS));
  }

  long count() {
    return nanos.getTotalCount();
  }

  /** The time that {@code percent} of the calls did not exceed. */
  double milliseconds(double percent) {
    return nanos.getValueAtPercentile(percent) / NANOS_PER_MS;
  }

  ObjectNode json() {
    return LinkwrightApi.mapper()
        .createObjectNode()
        .put("count", count())
        .put("p50Ms", rounded(milliseconds(50)))
        .put("p90Ms", rounded(milliseconds(90)))
        .put("p99Ms", rounded(milliseconds(99)))
        .put("p999Ms", rounded(milliseconds(99.9)))
        .put("maxMs", rounded(nanos.getMaxValue() / NANOS_PER_MS));
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 1_000) / 1_000.0;
  }
}
