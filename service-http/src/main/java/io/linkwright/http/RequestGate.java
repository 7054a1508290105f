package io.linkwright.http;

import io.linkwright.httpapi.ProblemCodes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before all routes, WebSockets among them, and refuses what none of them may see: a query
 * that cannot be read, a body in a coding or a charset that nobody here decodes, and what foreign
 * web pages send. Thread-safe.
 */
final class RequestGate extends Handler.Wrapper {
  /**
   * What a method that HTTP does not know is called from here on: routes answer it with 405, and it
   * makes one series of metrics and not one for each name that somebody thinks of.
   */
  static final String UNKNOWN_METHOD = "UNKNOWN";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /** With it a request would do what its request line does not say, past every proxy's rules. */
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private static final String EVENT_STREAM = "text/event-stream";
  private static final String WEBSOCKET_VERSION = "13";
  private static final Set<String> CHARSETS = Set.of("utf-8", "us-ascii");

  private final ForeignPages foreignPages;
  private final RequestMetrics metrics;

  RequestGate(ForeignPages foreignPages, RequestMetrics metrics) {
    this.foreignPages = foreignPages;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<Problem> fault = fault(request);
    if (fault.isPresent()) {
      refuse(request, response, callback, fault.get());
      return true;
    }
    return super.handle(cleaned(request), response, callback);
  }

  /** The name of a method as it may show in metrics. */
  static String methodLabel(String method) {
    return METHODS.contains(method) ? method : UNKNOWN_METHOD;
  }

  private Optional<Problem> fault(Request request) {
    Optional<Problem> foreign = foreignPages.fault(request);
    if (foreign.isPresent()) {
      return foreign;
    }
    try {
      QueryString.parse(request.getHttpURI().getQuery());
    } catch (ProblemException unreadable) {
      return Optional.of(unreadable.problem());
    }
    return ofHeaders(request.getHeaders());
  }

  private static Optional<Problem> ofHeaders(HttpFields headers) {
    if (!isEach(headers, HttpHeader.CONTENT_ENCODING, "identity"::equalsIgnoreCase)) {
      return unsupported("Content-Encoding", "a body comes as it is, without a coding");
    }
    if (!isEach(headers, HttpHeader.TRANSFER_ENCODING, "chunked"::equalsIgnoreCase)) {
      return unsupported("Transfer-Encoding", "only chunked is known");
    }
    if (headers.getValuesList(HttpHeader.CONTENT_TYPE).size() > 1
        || !isEach(headers, HttpHeader.CONTENT_TYPE, RequestGate::isUtf8)) {
      return unsupported("Content-Type", "a body is UTF-8");
    }
    return isEach(headers, HttpHeader.SEC_WEBSOCKET_VERSION, WEBSOCKET_VERSION::equals)
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                426, ProblemCodes.INVALID_REQUEST, "a WebSocket is of version 13 (RFC 6455)"));
  }

  /** Most requests have none of them. */
  private static boolean isEach(HttpFields headers, HttpHeader name, Predicate<String> allowed) {
    return !headers.contains(name)
        || headers.getValuesList(name).stream().map(String::strip).allMatch(allowed);
  }

  private static boolean isUtf8(String contentType) {
    return Stream.of(contentType.split(";", -1))
        .skip(1)
        .map(parameter -> parameter.strip().toLowerCase(Locale.ROOT))
        .filter(parameter -> parameter.startsWith("charset"))
        .allMatch(
            parameter -> {
              int equals = parameter.indexOf('=');
              return equals > 0
                  && CHARSETS.contains(
                      parameter.substring(equals + 1).strip().replaceAll("^\"|\"$", ""));
            });
  }

  private static Optional<Problem> unsupported(String header, String detail) {
    return Optional.of(
        new Problem(
            415,
            ProblemCodes.UNSUPPORTED_MEDIA_TYPE,
            detail,
            Optional.of(header),
            List.of(),
            Optional.empty()));
  }

  private void refuse(Request request, Response response, Callback callback, Problem problem) {
    UnreadBody.drop(request);
    metrics.refused(request.getMethod(), problem.status());
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (problem.status() == 426) {
      response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, WEBSOCKET_VERSION);
    }
    response.write(true, ByteBuffer.wrap(problem.body()), callback);
  }

  /** The request without what routes must not see. */
  private static Request cleaned(Request request) {
    String method = methodOfRoute(request);
    HttpFields given = request.getHeaders();
    boolean handshake = isHandshake(request);
    if (method.equals(request.getMethod())
        && !given.contains(METHOD_OVERRIDE)
        && (handshake || !given.contains(HttpHeader.SEC_WEBSOCKET_VERSION))) {
      return request;
    }
    HttpFields.Mutable kept = HttpFields.build(given).remove(METHOD_OVERRIDE);
    if (!handshake) {
      // Javalin takes everything that has it for a handshake, whatever it is.
      kept.remove(HttpHeader.SEC_WEBSOCKET_VERSION);
    }
    HttpFields headers = kept.asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public String getMethod() {
        return method;
      }

      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  /**
   * A HEAD is answered as the GET would be, status and headers; Jetty leaves the body out (RFC 9110
   * section 9.3.2). A stream has no end, so there it stays what it is, and is not looked up.
   */
  private static String methodOfRoute(Request request) {
    String method = request.getMethod();
    if (method.equals("HEAD") && !request.getHeaders().contains(HttpHeader.ACCEPT, EVENT_STREAM)) {
      return "GET";
    }
    return methodLabel(method);
  }

  private static boolean isHandshake(Request request) {
    return request.getMethod().equals("GET")
        && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
  }
}
