package io.linkwright.command.ownership;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a broker has answered lately. Silence alone is no sign: a machine that is starved asks
 * seldom. Only questions that were asked and failed count, and only when the last answer is old.
 * Thread-safe.
 */
public final class BrokerContact {
  /** After that long without an answer the service is not ready. */
  public static final Duration MAX_SILENCE = Duration.ofSeconds(15);

  /** Questions that must have failed since. */
  static final int MIN_FAILURES = 2;

  private long answeredNanos;
  private int failures;
  private String reason = "";

  /** It has answered now, on the clock of {@link System#nanoTime}. */
  BrokerContact(long nowNanos) {
    answeredNanos = nowNanos;
  }

  synchronized void answered(long nowNanos) {
    answeredNanos = nowNanos;
    failures = 0;
  }

  synchronized void failed(String why) {
    failures++;
    reason = why;
  }

  /** What is to be said of a cluster that does not answer; empty if it does. */
  synchronized Optional<String> complaint(long nowNanos) {
    Duration silence = Duration.ofNanos(nowNanos - answeredNanos);
    if (failures < MIN_FAILURES || silence.compareTo(MAX_SILENCE) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "no broker has answered for %d s: %s".formatted(silence.toSeconds(), reason));
  }
}
