package io.linkwright.http;

import java.time.Duration;

/**
 * What clients may take of the server. {@code docs/operations.md} lists the values.
 *
 * @param maxConnections plain HTTP connections at a time; a WebSocket counts no more once it is one
 * @param maxConnectionsPerAddress of one source: an IPv4 address, or the 64-bit prefix of an IPv6
 *     address, since one machine has all addresses below it
 * @param headTimeout for a request's head, from its first byte to its last
 * @param bodyGrace how long any body may take, however small it is
 * @param minBodyBytesPerSecond what a body must bring for each further second
 */
public record HttpLimits(
    int maxConnections,
    int maxConnectionsPerAddress,
    Duration headTimeout,
    Duration bodyGrace,
    int minBodyBytesPerSecond) {
  /** An idle connection takes some kilobytes. */
  public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

  /** Enough for a proxy in front, and far from all. */
  public static final int DEFAULT_MAX_CONNECTIONS_PER_ADDRESS = 2_000;

  /** A head fits into a dozen packets. */
  public static final Duration DEFAULT_HEAD_TIMEOUT = Duration.ofSeconds(15);

  /** Lets a slow line send a small body in two packets. */
  public static final Duration DEFAULT_BODY_GRACE = Duration.ofSeconds(20);

  /** The largest body takes at most four and a half minutes. */
  public static final int DEFAULT_MIN_BODY_BYTES_PER_SECOND = 4 * 1024;

  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

  /** What a server has that is told nothing else. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          DEFAULT_MAX_CONNECTIONS,
          DEFAULT_MAX_CONNECTIONS_PER_ADDRESS,
          DEFAULT_HEAD_TIMEOUT,
          DEFAULT_BODY_GRACE,
          DEFAULT_MIN_BODY_BYTES_PER_SECOND);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public HttpLimits {
    requirePositive("http.maxConnections", maxConnections);
    requirePositive("http.maxConnectionsPerAddress", maxConnectionsPerAddress);
    requirePositive("http.minBodyBytesPerSecond", minBodyBytesPerSecond);
    requireTimeout("http.headTimeout", headTimeout);
    requireTimeout("http.bodyGrace", bodyGrace);
  }

  private static void requirePositive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s %d is not 1 or more".formatted(key, value));
    }
  }

  private static void requireTimeout(String key, Duration value) {
    if (!value.isPositive() || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "%s %s is not above 0 and at most %s".formatted(key, value, MAX_TIMEOUT));
    }
  }
}
