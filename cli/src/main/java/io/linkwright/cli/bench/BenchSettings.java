package io.linkwright.cli.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param linksPerSecond the fixed rate at which latency is measured
 * @param measured how long each part counts; the warm-up before it comes on top
 */
public record BenchSettings(int linksPerSecond, Duration measured) {
  static final int EDGES = 200;
  private static final int MAX_SECONDS = 600;
  private static final int MAX_LINKS_PER_SECOND = 5_000;
  private static final Duration MIN_WARM_UP = Duration.ofSeconds(2);

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
    long links = linksPerSecond * measured.plus(warmUp(measured)).toSeconds();
    int available = new LinkPairs(EDGES).count();
    if (links > available) {
      throw new IllegalArgumentException(
          "--rate %d for --seconds %d with warm-up takes %,d links, and %d edges have no more than %,d"
              .formatted(linksPerSecond, measured.toSeconds(), links, EDGES, available));
    }
  }

  /** How long each part runs before it counts: the JVM compiles what is hot. */
  Duration warmUp() {
    return warmUp(measured);
  }

  private static Duration warmUp(Duration measured) {
    Duration most = measured.multipliedBy(2).dividedBy(3);
    return most.compareTo(MIN_WARM_UP) < 0 ? MIN_WARM_UP : most;
  }
}
