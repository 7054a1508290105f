package io.linkwright.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a request's body, never more than {@link #MAX_BYTES}. */
public final class RequestBody {
  /** 1 MiB. */
  public static final int MAX_BYTES = 1 << 20;

  private RequestBody() {}

  /**
   * Reads the whole body, announced by {@code Content-Length} or chunked. Call once per request.
   *
   * @throws ProblemException 413 beyond the bound, 400 if it ends early
   */
  public static byte[] read(Context context) {
    long announced = context.req().getContentLengthLong();
    if (announced > MAX_BYTES) {
      throw tooLarge();
    }
    byte[] body;
    try {
      InputStream stream = context.req().getInputStream();
      body = stream.readNBytes(announced < 0 ? MAX_BYTES + 1 : (int) announced);
    } catch (IOException endedEarly) {
      throw new ProblemException(Problem.invalid("the body ended early or is malformed"));
    }
    if (body.length > MAX_BYTES) {
      throw tooLarge();
    }
    return body;
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(
            413, Problem.REQUEST_TOO_LARGE, "a body has at most %d bytes".formatted(MAX_BYTES)));
  }
}
