package io.linkwright.agent.simulated;

import java.time.Duration;

/**
 * How much probing a simulated network does. A probe that gets through is three packets, some 20
 * µs.
 *
 * @param changedPerSecond probes of tunnels that have just been configured
 * @param interval between two probes of a tunnel that has not changed
 * @param repeatedPerSecond bound of these, which stretches the interval where there are very many
 */
public record ProbeLimits(int changedPerSecond, Duration interval, int repeatedPerSecond) {
  /** 2,000 a second after changes; else each tunnel every 10 s, but 200 a second at most. */
  public static final ProbeLimits DEFAULT = new ProbeLimits(2_000, Duration.ofSeconds(10), 200);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the bound that is too small
   */
  public ProbeLimits {
    if (changedPerSecond < 100) {
      throw new IllegalArgumentException(
          "changedPerSecond %d is below 100".formatted(changedPerSecond));
    }
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval %s is below a millisecond".formatted(interval));
    }
    if (repeatedPerSecond < 1) {
      throw new IllegalArgumentException(
          "repeatedPerSecond %d is below 1".formatted(repeatedPerSecond));
    }
  }
}
