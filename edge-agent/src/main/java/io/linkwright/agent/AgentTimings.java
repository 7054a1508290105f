package io.linkwright.agent;

import io.linkwright.edgeprotocol.ProtocolLimits;
import java.time.Duration;

/**
 * When an agent does what.
 *
 * @param reconnect how long to wait between attempts to connect
 * @param stableAfter a connection that has lived this long was a success: the next attempt is the
 *     first of a new row
 * @param handshakeTimeout for the server's challenge to come
 * @param silenceLimit with neither message nor ping, after which the connection is given up
 * @param statusDelay between a change of tunnels and the report of it; what changes in between is
 *     in the same report
 * @param statusInterval between reports when nothing changes
 */
public record AgentTimings(
    Backoff reconnect,
    Duration stableAfter,
    Duration handshakeTimeout,
    Duration silenceLimit,
    Duration statusDelay,
    Duration statusInterval) {

  /** What the protocol is laid out for. */
  public static final AgentTimings DEFAULT =
      new AgentTimings(
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
          Duration.ofSeconds(10),
          ProtocolLimits.HANDSHAKE_TIMEOUT,
          ProtocolLimits.PING_INTERVAL.multipliedBy(5).dividedBy(2),
          Duration.ofSeconds(1),
          ProtocolLimits.STATUS_INTERVAL);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the duration that is not positive
   */
  public AgentTimings {
    requirePositive("stableAfter", stableAfter);
    requirePositive("handshakeTimeout", handshakeTimeout);
    requirePositive("silenceLimit", silenceLimit);
    requirePositive("statusDelay", statusDelay);
    requirePositive("statusInterval", statusInterval);
  }

  /** The same with another delay before a change of tunnels is reported. */
  public AgentTimings withStatusDelay(Duration delay) {
    return new AgentTimings(
        reconnect, stableAfter, handshakeTimeout, silenceLimit, delay, statusInterval);
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s %s is not positive".formatted(name, value));
    }
  }
}
