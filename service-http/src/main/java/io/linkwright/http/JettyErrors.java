package io.linkwright.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers with a problem what never reaches a route: a malformed request line, headers that are too
 * large, a server that is stopping.
 */
final class JettyErrors extends ErrorHandler {

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, body(status, message), callback);
  }

  private static ByteBuffer body(int status, String reason) {
    int known = status >= 400 && status <= 599 ? status : 500;
    String detail = reason == null ? "the request was refused" : reason;
    return ByteBuffer.wrap(Json.bytes(ErrorRoutes.forStatus(known, detail).toJson()));
  }
}
