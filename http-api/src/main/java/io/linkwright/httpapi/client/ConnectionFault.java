package io.linkwright.httpapi.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * What went wrong with a connection, in words for people. The JDK's own words name classes, and
 * differ from one platform to the next.
 *
 * @param lasting it is so with every try; otherwise a further one may do better
 */
record ConnectionFault(String words, boolean lasting) {

  static ConnectionFault of(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnresolvedAddressException _, UnknownHostException _ -> {
          return lasting("the name is not known");
        }
        case HttpConnectTimeoutException _ -> {
          return lasting(
              "no connection within %d s".formatted(LinkwrightApi.CONNECT_TIMEOUT.toSeconds()));
        }
        case NoRouteToHostException _ -> {
          return lasting("there is no way to that address");
        }
        case SSLException refused -> {
          return lasting("TLS does not come about: " + words(refused));
        }
        case ProtocolException _ -> {
          return lasting("what answers there does not speak HTTP");
        }
        default -> {
          // The cause tells more.
        }
      }
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof ConnectException) {
      return lasting("nobody listens there");
    }
    if (message.contains("invalid status line") || message.contains("protocol")) {
      return lasting("what answers there does not speak HTTP");
    }
    if (message.contains("capacity")) {
      return lasting("the answer is larger than any of Linkwright's");
    }
    if (message.contains("reset") || message.contains("broken pipe")) {
      return new ConnectionFault("the connection was reset", false);
    }
    return new ConnectionFault("the connection was closed before the answer came", false);
  }

  private static ConnectionFault lasting(String words) {
    return new ConnectionFault(words, true);
  }

  /** The last part of a message, which is without the names of classes. */
  private static String words(SSLException refused) {
    String message = String.valueOf(refused.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
      return "the server speaks plain HTTP, so its address begins with http://";
    }
    return message.substring(message.lastIndexOf(": ") < 0 ? 0 : message.lastIndexOf(": ") + 2);
  }
}
