package io.linkwright.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param linksPerSecond the fixed rate at which latency is measured
 * @param measured how long each part counts
 * @param warmUpLimit how long each part may run before it counts
 */
public record BenchSettings(int linksPerSecond, Duration measured, Duration warmUpLimit) {
  static final int EDGES = 200;
  private static final int MAX_SECONDS = 600;
  private static final int MAX_LINKS_PER_SECOND = 5_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  public BenchSettings {
    if (linksPerSecond < 1 || linksPerSecond > MAX_LINKS_PER_SECOND) {
      throw new IllegalArgumentException(
          "--rate %d is not within 1..%d".formatted(linksPerSecond, MAX_LINKS_PER_SECOND));
    }
    if (measured.toSeconds() < 1 || measured.toSeconds() > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "--seconds %d is not within 1..%d".formatted(measured.toSeconds(), MAX_SECONDS));
    }
    if (warmUpLimit.toSeconds() < 1 || warmUpLimit.toSeconds() > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "--warm-up %d is not within 1..%d".formatted(warmUpLimit.toSeconds(), MAX_SECONDS));
    }
    long links = linksPerSecond * measured.toSeconds();
    int available = new LinkPairs(EDGES).count() - LinkLatencyRun.WARM_UP_LINKS;
    if (links > available) {
      throw new IllegalArgumentException(
          "--rate %d for --seconds %d takes %,d links, and %d edges leave no more than %,d"
              .formatted(linksPerSecond, measured.toSeconds(), links, EDGES, available));
    }
  }
}
