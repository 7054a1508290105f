package io.linkwright.pusher.feed;

import java.time.Duration;

/**
 * How long it has not been known whether the store is current: no broker has said where the topic
 * ends, or the feed has not come closer to that. Not thread-safe.
 *
 * <p>What counts is time in which the feed's thread ran and asked. A machine that is starved or was
 * suspended lets it run seldom, and makes it slow, not deaf: between two looks at most {@link
 * #MAX_STEP} is counted, unless a request failed meanwhile.
 */
final class Doubt {
  /** After this a pusher sends its edges to another one. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  private static final Duration MAX_STEP = Duration.ofSeconds(1);

  private long lookedAt;
  private long nanos;

  Doubt(long now) {
    lookedAt = now;
  }

  /** The store holds what the topic held a moment ago, or has come closer to that. */
  void proved(long now) {
    lookedAt = now;
    nanos = 0;
  }

  /** Nothing was learned since the last look. */
  void look(long now) {
    nanos += Math.min(now - lookedAt, MAX_STEP.toNanos());
    lookedAt = now;
  }

  /** A request failed that was waited for since the last look. */
  void failed(long now) {
    nanos += now - lookedAt;
    lookedAt = now;
  }

  boolean isOver() {
    return nanos >= LIMIT.toNanos();
  }
}
