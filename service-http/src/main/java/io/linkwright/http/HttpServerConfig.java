package io.linkwright.http;

import java.time.Duration;

/**
 * Where the server listens, how long it may take to stop, and what clients may take of it.
 *
 * @param host address or name to bind; {@code 127.0.0.1} keeps it on this machine
 * @param port 0 takes a free one
 * @param stopTimeout how long requests in flight may still take once it stops
 */
public record HttpServerConfig(String host, int port, Duration stopTimeout, HttpLimits limits) {
  private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MAX_STOP_TIMEOUT = Duration.ofMinutes(5);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public HttpServerConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("http.host is blank: an address or name to bind");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "http.port %d is not within 0..65535, 0 takes a free one".formatted(port));
    }
    if (stopTimeout.isNegative() || stopTimeout.compareTo(MAX_STOP_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "http.stopTimeout %s is not within 0..%s".formatted(stopTimeout, MAX_STOP_TIMEOUT));
    }
  }

  /** With the default stop timeout and limits. */
  public HttpServerConfig(String host, int port) {
    this(host, port, DEFAULT_STOP_TIMEOUT);
  }

  /** With the default limits. */
  public HttpServerConfig(String host, int port, Duration stopTimeout) {
    this(host, port, stopTimeout, HttpLimits.DEFAULT);
  }

  /** The same place with other limits. */
  public HttpServerConfig withLimits(HttpLimits other) {
    return new HttpServerConfig(host, port, stopTimeout, other);
  }
}
