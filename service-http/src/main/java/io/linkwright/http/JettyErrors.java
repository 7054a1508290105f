package io.linkwright.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Answers with a problem what never reaches a route: a malformed request line, headers that are too
 * large, a WebSocket handshake that is none, a server that is stopping.
 */
final class JettyErrors extends ErrorHandler {
  private final RequestMetrics metrics;

  JettyErrors(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /** Every method is answered with a body, save for {@code HEAD}. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    int known = status >= 400 && status <= 599 ? status : 500;
    metrics.refused(request.getMethod(), known);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    // What follows on the connection may be a part of what could not be read.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, head ? BufferUtil.EMPTY_BUFFER : body(known, cause), callback);
  }

  private static ByteBuffer body(int status, Throwable cause) {
    return ByteBuffer.wrap(ErrorRoutes.forStatus(status, detail(status, cause)).body());
  }

  /** Only what Jetty says of the request itself; its other words are of classes. */
  private static String detail(int status, Throwable cause) {
    return switch (status) {
      case 404 -> "there is nothing at this path";
      case 408 -> "the request came too slowly";
      case 413 -> "the body is too large";
      case 414 -> "the request line is longer than %d bytes".formatted(HttpServer.MAX_HEADER_BYTES);
      case 417 -> "the only expectation that is met is 100-continue";
      case 426 -> "this is no handshake for a WebSocket of version 13";
      case 431 ->
          "request line and headers have more than %d bytes".formatted(HttpServer.MAX_HEADER_BYTES);
      case 503 -> "the service is stopping";
      case 505 -> "the version of HTTP is not 1.0 or 1.1";
      default ->
          reasonOf(cause)
              .filter(_ -> status < 500)
              .map(reason -> "the request is not well formed: " + printable(reason))
              .orElse("the request was refused");
    };
  }

  /** What Jetty found wrong itself; the text of a cause may hold anything. */
  private static Optional<String> reasonOf(Throwable failure) {
    return failure instanceof HttpException refused && failure.getCause() == null
        ? Optional.ofNullable(refused.getReason())
        : Optional.empty();
  }

  private static String printable(String reason) {
    return reason.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
