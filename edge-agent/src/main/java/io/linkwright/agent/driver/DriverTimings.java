package io.linkwright.agent.driver;

import java.time.Duration;

/**
 * When a driver does what.
 *
 * @param watchInterval between two looks at the counters; with each look goes a packet into every
 *     tunnel, so that the peer's counters move too
 * @param settlingInterval the same while it is not known yet whether a tunnel works
 * @param silenceLimit after which a tunnel that nothing came out of is down; a few probes long, so
 *     that one lost packet is no fault
 * @param driftInterval between two comparisons of the whole kernel state
 * @param nameInterval after which a name that did not resolve is asked for again for the first time
 */
public record DriverTimings(
    Duration watchInterval,
    Duration settlingInterval,
    Duration silenceLimit,
    Duration driftInterval,
    Duration nameInterval) {

  /** For real edges. */
  public static final DriverTimings DEFAULT =
      new DriverTimings(
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(16),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the duration that is out of range
   */
  public DriverTimings {
    requirePositive("watchInterval", watchInterval);
    requirePositive("settlingInterval", settlingInterval);
    requirePositive("driftInterval", driftInterval);
    requirePositive("nameInterval", nameInterval);
    if (silenceLimit.compareTo(watchInterval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "silenceLimit %s is shorter than two of watchInterval %s"
              .formatted(silenceLimit, watchInterval));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s %s is not positive".formatted(name, value));
    }
  }
}
