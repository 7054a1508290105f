package io.linkwright.http;

import io.linkwright.httpapi.ProblemCodes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * Refuses what a web page of somebody else can make a browser send to a server that only this
 * machine or this network reaches: requests under a name of theirs, and from their pages commands
 * and WebSockets, which no rule of the browser keeps from being sent. Programs that are no browsers
 * send neither {@code Origin} nor {@code Sec-Fetch-Site}. Thread-safe.
 */
final class ForeignPages {
  /** They change nothing, and no foreign page can read what is answered (RFC 9110 9.2.1). */
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** {@code none} is the person at the browser; what is not known is no promise. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private static final String SITE = "Sec-Fetch-Site";

  private final OwnNames names;

  ForeignPages(OwnNames names) {
    this.names = names;
  }

  /** What is wrong with where a request comes from or goes to. */
  Optional<Problem> fault(Request request) {
    HttpURI target = request.getHttpURI();
    if (target.getHost() != null
        && !names.include(
            target.getHost(), request.getConnectionMetaData().getLocalSocketAddress())) {
      return Optional.of(
          Problem.of(
              421,
              ProblemCodes.MISDIRECTED_REQUEST,
              "this server does not go by the name of the request's Host: use one of its names;"
                  + " 'linkwright serve' takes further ones as --public-url"));
    }
    return changes(request) && isForeign(request)
        ? Optional.of(
            Problem.of(
                403,
                ProblemCodes.FOREIGN_ORIGIN,
                "a web page of another origin may not send this: 'linkwright serve' takes the"
                    + " address of pages of its own as --public-url"))
        : Optional.empty();
  }

  /** A WebSocket begins as a GET. */
  private static boolean changes(Request request) {
    return !SAFE_METHODS.contains(request.getMethod())
        || request.getHeaders().contains(HttpHeader.UPGRADE);
  }

  private boolean isForeign(Request request) {
    return request.getHeaders().getFields(SITE).stream()
            .anyMatch(field -> !OWN_SITES.contains(field.getValue()))
        || request.getHeaders().getFields(HttpHeader.ORIGIN).stream()
            .map(HttpField::getValue)
            .anyMatch(origin -> !isOwn(origin, request.getHttpURI()));
  }

  private boolean isOwn(String origin, HttpURI target) {
    if (names.includeOrigin(origin)) {
      return true;
    }
    URI page;
    try {
      page = new URI(origin);
    } catch (URISyntaxException noOrigin) {
      return false;
    }
    if (page.getScheme() == null || page.getHost() == null) {
      return false;
    }
    return page.getHost().equalsIgnoreCase(target.getHost())
        && port(page.getPort(), page.getScheme()) == port(target.getPort(), page.getScheme());
  }

  /** Behind a proxy with TLS the page's scheme is the one that counts for both. */
  private static int port(int port, String scheme) {
    return port > 0 ? port : OwnNames.usualPort(scheme);
  }
}
