package io.linkwright.pusher.pulse;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Keeps what goes on failing from filling the log: the first failure is logged, and then one each
 * minute, with the number of those left out. Thread-safe.
 */
public final class LogLimit {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private boolean everLogged;
  private long loggedAt;
  private long leftOut;

  /** Whether to log now; if so, how many were left out since the last time. */
  public OptionalLong next() {
    return next(System.nanoTime());
  }

  synchronized OptionalLong next(long now) {
    if (everLogged && now - loggedAt < INTERVAL.toNanos()) {
      leftOut++;
      return OptionalLong.empty();
    }
    everLogged = true;
    loggedAt = now;
    long before = leftOut;
    leftOut = 0;
    return OptionalLong.of(before);
  }
}
