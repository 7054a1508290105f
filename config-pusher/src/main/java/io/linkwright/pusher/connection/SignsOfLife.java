package io.linkwright.pusher.connection;

import io.linkwright.edgeprotocol.ProtocolLimits;
import java.time.Duration;

/**
 * Tells a silent edge from a dead one. A ping goes out at a fixed interval whatever is said, which
 * also keeps what is between open. Thread-safe.
 */
final class SignsOfLife {
  /** What is to be done now. */
  enum Verdict {
    NOTHING,
    PING,
    /** Nothing was heard for too long. */
    GIVE_UP,
    /** The other side does not complete the closing handshake. */
    ABORT
  }

  /** From a ping to its pong, over a bad line. */
  private static final Duration PONG_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(5);

  private static final long PING_INTERVAL_NANOS = ProtocolLimits.PING_INTERVAL.toNanos();
  private static final long SILENCE_NANOS =
      ProtocolLimits.PING_INTERVAL.plus(PONG_TIMEOUT).toNanos();

  private volatile long heardAt;
  private long pingedAt;
  private long closingAt;
  private boolean closing;

  SignsOfLife(long now) {
    heardAt = now;
    pingedAt = now;
  }

  void heard(long now) {
    heardAt = now;
  }

  synchronized void closing(long now) {
    closing = true;
    closingAt = now;
  }

  synchronized Verdict tick(long now) {
    if (closing) {
      return now - closingAt >= CLOSING_TIMEOUT.toNanos() ? Verdict.ABORT : Verdict.NOTHING;
    }
    if (now - heardAt >= SILENCE_NANOS) {
      return Verdict.GIVE_UP;
    }
    if (now - pingedAt >= PING_INTERVAL_NANOS) {
      pingedAt = now;
      return Verdict.PING;
    }
    return Verdict.NOTHING;
  }
}
