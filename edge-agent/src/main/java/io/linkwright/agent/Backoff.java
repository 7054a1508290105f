package io.linkwright.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting between attempts with full jitter: anything from nothing to a limit that doubles with
 * each attempt up to a cap, so that edges which lost a server together do not come back together.
 *
 * @param base limit of the first wait
 * @param cap limit of all others
 */
public record Backoff(Duration base, Duration cap) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException unless {@code 0 < base <= cap}
   */
  public Backoff {
    if (!base.isPositive() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "0 < base %s <= cap %s does not hold".formatted(base, cap));
    }
  }

  /**
   * How long to wait before an attempt.
   *
   * @param failures in a row before it
   */
  public Duration delay(int failures, RandomGenerator random) {
    long limitNanos =
        Math.min(
            cap.toNanos(), base.toNanos() << Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS));
    return Duration.ofNanos(random.nextLong(limitNanos + 1));
  }
}
