package io.linkwright.pusher.delivery;

import io.linkwright.edgeprotocol.ProtocolLimits;
import java.time.Duration;

/**
 * Bounds of a session.
 *
 * @param maxLinksPerConfig links set and removed by one message
 * @param maxConfigChars about how long a message may get; a single link may exceed it
 * @param maxOutstanding configurations of one edge without an answer, over all its groups. Together
 *     with {@code maxConfigChars} it bounds what a slow edge keeps in memory
 * @param helloTimeout from the challenge to the hello, and from the hello to a store that is caught
 *     up
 * @param ackTimeout from a configuration to its answer. The connection is closed then: the stream
 *     is ordered and lossless, so sending again could not help, while the edge's next hello says
 *     what it has
 * @param firstRetry after the edge refused something and nothing newer came; doubles
 * @param maxRetry where the doubling ends
 * @param refreshInterval between the reports on a group of which nothing is heard. Readers take 60
 *     s of silence as unknown
 * @param formerKeysGrace how long an edge goes on receiving with former keys after its peer was
 *     heard to send with new ones: longer than a packet is on its way
 */
public record DeliveryLimits(
    int maxLinksPerConfig,
    int maxConfigChars,
    int maxOutstanding,
    Duration helloTimeout,
    Duration ackTimeout,
    Duration firstRetry,
    Duration maxRetry,
    Duration refreshInterval,
    Duration formerKeysGrace) {

  /** What production runs with. */
  public static final DeliveryLimits DEFAULT =
      new DeliveryLimits(
          64,
          256 * 1024,
          4,
          ProtocolLimits.HANDSHAKE_TIMEOUT,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public DeliveryLimits {
    requireWithin("maxLinksPerConfig", maxLinksPerConfig, ProtocolLimits.MAX_LINKS_PER_CONFIG);
    requireWithin("maxConfigChars", maxConfigChars, ProtocolLimits.MAX_MESSAGE_LENGTH / 2);
    requireWithin("maxOutstanding", maxOutstanding, ProtocolLimits.MAX_GROUPS_PER_EDGE);
    requirePositive("helloTimeout", helloTimeout);
    requirePositive("ackTimeout", ackTimeout);
    requirePositive("firstRetry", firstRetry);
    requirePositive("refreshInterval", refreshInterval);
    requirePositive("formerKeysGrace", formerKeysGrace);
    if (maxRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "maxRetry=%s is less than firstRetry=%s".formatted(maxRetry, firstRetry));
    }
  }

  private static void requireWithin(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s=%d is not within 1..%d".formatted(name, value, max));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s=%s is not positive".formatted(name, value));
    }
  }
}
