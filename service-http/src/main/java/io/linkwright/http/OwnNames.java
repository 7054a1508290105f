package io.linkwright.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this server is called. Whoever owns a name on the Internet can let it point to an address of
 * this machine, and a browser then takes this server for a part of their site (DNS rebinding). So a
 * request must name the server by the loopback, by the address that its connection has come to, or
 * by a configured name.
 */
final class OwnNames {
  private static final String LOCALHOST = "localhost";

  private final Set<String> hosts;
  private final Set<String> origins;

  /**
   * With configured names.
   *
   * @param listenHost what the server binds
   * @param publicUrls where clients find it, directly or through a proxy
   */
  OwnNames(String listenHost, List<URI> publicUrls) {
    this.hosts =
        Stream.concat(Stream.of(listenHost, LOCALHOST), publicUrls.stream().map(URI::getHost))
            .map(OwnNames::plain)
            .collect(Collectors.toUnmodifiableSet());
    this.origins =
        publicUrls.stream().map(OwnNames::origin).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether {@code host} is this server.
   *
   * @param host of a request, as in {@code Host}, without the port
   * @param local where its connection has come to
   */
  boolean include(String host, SocketAddress local) {
    String plain = plain(host);
    return hosts.contains(plain)
        || literal(plain).filter(address -> isHere(address, local)).isPresent();
  }

  /** Whether pages of {@code origin} are of this server, though a request does not name it so. */
  boolean includeOrigin(String origin) {
    return origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** Scheme, host and port, the usual one left out, as browsers write it (RFC 6454 section 6.1). */
  static String origin(URI url) {
    boolean usualPort = url.getPort() < 0 || url.getPort() == usualPort(url.getScheme());
    return (url.getScheme() + "://" + url.getHost() + (usualPort ? "" : ":" + url.getPort()))
        .toLowerCase(Locale.ROOT);
  }

  /** The port that a URL of this scheme has when it names none, or -1. */
  static int usualPort(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> -1;
    };
  }

  private static boolean isHere(InetAddress address, SocketAddress local) {
    return address.isLoopbackAddress()
        || (local instanceof InetSocketAddress socket && address.equals(socket.getAddress()));
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  /** In small letters, without the brackets of IPv6 and the dot of the root. */
  private static String plain(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String small = bare.toLowerCase(Locale.ROOT);
    return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }
}
