package io.linkwright.http;

import io.linkwright.http.access.Authentication;
import io.linkwright.http.tls.TlsFiles;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the server listens, how long it may take to stop, and what clients may take of it.
 *
 * @param host address or name to bind; {@code 127.0.0.1} keeps it on this machine
 * @param port 0 takes a free one
 * @param stopTimeout how long requests in flight may still take once it stops
 * @param publicUrls where clients find it, when that is not {@code host}: behind a proxy, or by a
 *     name when it listens on all addresses; it answers to no other names
 * @param authentication how callers prove who they are; without it nothing but the loopback is
 *     served
 * @param tls with which it serves TLS 1.3 and nothing else; empty: plain HTTP
 */
public record HttpServerConfig(
    String host,
    int port,
    Duration stopTimeout,
    HttpLimits limits,
    List<URI> publicUrls,
    Authentication authentication,
    Optional<TlsFiles> tls) {
  private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MAX_STOP_TIMEOUT = Duration.ofMinutes(5);
  private static final Set<String> SCHEMES = Set.of("http", "https");

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
    publicUrls = List.copyOf(publicUrls);
    for (URI url : publicUrls) {
      if (url.getHost() == null || !SCHEMES.contains(url.getScheme())) {
        throw new IllegalArgumentException(
            "http.publicUrls has %s: an address as in https://linkwright.example".formatted(url));
      }
    }
  }

  /** With the default stop timeout and limits. */
  public HttpServerConfig(String host, int port) {
    this(host, port, DEFAULT_STOP_TIMEOUT);
  }

  /** With the default limits. */
  public HttpServerConfig(String host, int port, Duration stopTimeout) {
    this(
        host,
        port,
        stopTimeout,
        HttpLimits.DEFAULT,
        List.of(),
        Authentication.NONE,
        Optional.empty());
  }

  /** The same place with other limits. */
  public HttpServerConfig withLimits(HttpLimits other) {
    return new HttpServerConfig(host, port, stopTimeout, other, publicUrls, authentication, tls);
  }

  /** The same place under other names. */
  public HttpServerConfig withPublicUrls(List<URI> other) {
    return new HttpServerConfig(host, port, stopTimeout, limits, other, authentication, tls);
  }

  /** The same place, with TLS. */
  public HttpServerConfig withTls(Optional<TlsFiles> other) {
    return new HttpServerConfig(host, port, stopTimeout, limits, publicUrls, authentication, other);
  }

  /**
   * The same place, with callers that prove who they are.
   *
   * @throws IllegalArgumentException if nobody is asked and it is not on the loopback
   */
  public HttpServerConfig withAuthentication(Authentication other) {
    return new HttpServerConfig(host, port, stopTimeout, limits, publicUrls, other, tls);
  }

  /**
   * Refuses a place that strangers reach without anybody asking who they are.
   *
   * @throws IllegalArgumentException naming what to configure
   */
  public HttpServerConfig requireLoopbackOrAuthentication() {
    if (!authentication.isAsked() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          ("http.host %s is more than the loopback, and callers are not asked who they are:"
                  + " configure tokens (--tokens FILE, made by 'linkwright token create') or an"
                  + " OpenID provider (--oidc-issuer URL), or keep to 127.0.0.1")
              .formatted(host));
    }
    return this;
  }

  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }
}
