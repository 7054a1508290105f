package io.linkwright.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.RequestBounds;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The bytes of a request's body, never more than {@link RequestBounds#MAX_BODY_BYTES}. */
public final class RequestBody {
  private RequestBody() {}

  /** What the server gives every request. */
  static final Key<HttpLimits> LIMITS = new Key<>("linkwright.http-limits");

  private static final int PIECE_BYTES = 16 * 1024;

  /**
   * Reads the whole body, announced by {@code Content-Length} or chunked. Call once per request.
   *
   * @throws ProblemException 413 beyond the bound, 400 if it ends early, 408 if it comes slower
   *     than {@link HttpLimits} lets it
   */
  public static byte[] read(Context context) {
    long announced = context.req().getContentLengthLong();
    if (announced > RequestBounds.MAX_BODY_BYTES) {
      throw tooLarge();
    }
    try {
      return read(
          context.req().getInputStream(),
          announced < 0 ? RequestBounds.MAX_BODY_BYTES + 1 : (int) announced,
          context.appData(LIMITS));
    } catch (IOException ended) {
      throw ended.getCause() instanceof TimeoutException
          ? tooSlow()
          : new ProblemException(Problem.invalid("the body ended early or is malformed"));
    }
  }

  private static byte[] read(InputStream stream, int expected, HttpLimits limits)
      throws IOException {
    long begunNanos = System.nanoTime();
    byte[] body = new byte[Math.min(expected, PIECE_BYTES)];
    int length = 0;
    while (length < expected) {
      if (length == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(expected, 2L * body.length));
      }
      int read = stream.read(body, length, body.length - length);
      if (read < 0) {
        return Arrays.copyOf(body, length);
      }
      length += read;
      requireRate(limits, length, begunNanos);
    }
    if (length > RequestBounds.MAX_BODY_BYTES) {
      throw tooLarge();
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  /** A read that waits for ever is ended by {@link HttpServer#IDLE_TIMEOUT}. */
  private static void requireRate(HttpLimits limits, int length, long begunNanos) {
    long allowedNanos =
        limits.bodyGrace().toNanos()
            + TimeUnit.SECONDS.toNanos(length) / limits.minBodyBytesPerSecond();
    if (System.nanoTime() - begunNanos > allowedNanos) {
      throw tooSlow();
    }
  }

  private static ProblemException tooSlow() {
    return new ProblemException(
        Problem.of(408, ProblemCodes.REQUEST_TOO_SLOW, "the body came too slowly"));
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(
            413,
            ProblemCodes.REQUEST_TOO_LARGE,
            "a body has at most %d bytes".formatted(RequestBounds.MAX_BODY_BYTES)));
  }
}
