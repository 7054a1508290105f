package io.linkwright.domain.address;

import io.linkwright.domain.text.DecimalNumber;
import io.linkwright.domain.text.Excerpt;
import java.util.regex.Pattern;

/**
 * Where an edge's tunnels are reached over the underlay: a host name or address, and a UDP port.
 * Written {@code host:port}, an IPv6 address in brackets.
 */
public record Endpoint(String host, int port) {
  private static final int MAX_HOST_LENGTH = 253;
  private static final int MAX_PORT_DIGITS = 5;
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?\\d+");
  private static final String NAME_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern HOST_NAME = Pattern.compile(NAME_LABEL + "(\\." + NAME_LABEL + ")*");

  /**
   * Checks host and port.
   *
   * @throws IllegalArgumentException if {@code host} is neither a host name (RFC 1123) nor an IP
   *     address, or {@code port} is outside 1..65535
   */
  public Endpoint {
    // A name's last label is never a number (RFC 1123 section 2.1), so such a host is an address.
    if (host.indexOf(':') >= 0 || ENDS_IN_NUMBER.matcher(host).matches()) {
      host = IpAddress.parse(host).toString();
    } else if (host.length() > MAX_HOST_LENGTH || !HOST_NAME.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'%s' is neither a host name nor an IP address".formatted(Excerpt.of(host)));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port %d is not within 1..65535".formatted(port));
    }
  }

  /**
   * Reads {@code host:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || bracketed != (host.indexOf(':') >= 0)) {
      throw new IllegalArgumentException(
          "'%s' is not an endpoint: host:port, or [v6 address]:port".formatted(Excerpt.of(text)));
    }
    return new Endpoint(
        bracketed ? host.substring(1, host.length() - 1) : host, port(text.substring(colon + 1)));
  }

  private static int port(String digits) {
    return DecimalNumber.parse(digits, MAX_PORT_DIGITS)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not a port: 1..65535".formatted(Excerpt.of(digits))));
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
