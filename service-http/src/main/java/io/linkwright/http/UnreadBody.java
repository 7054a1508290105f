package io.linkwright.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and drops what a refused request still sends. A connection that is closed while bytes are
 * unread is reset (RFC 9112, section 9.6), and a client that sends its body before it looks for an
 * answer then sees a broken pipe instead of the problem.
 */
final class UnreadBody {
  /** Who sends more than this after a refusal may be cut off. */
  static final int MAX_DROPPED_BYTES = 16 << 20;

  /**
   * Nor is a slow sender waited for much longer: this, and one {@link HttpServer#IDLE_TIMEOUT} for
   * the read that is under way.
   */
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);

  private UnreadBody() {}

  /** Drops what is left of the request's body, if the client sends it whatever the answer. */
  static void drop(Context context) {
    long announced = context.req().getContentLengthLong();
    if (isSent(announced, context.header("Transfer-Encoding"), context.header("Expect"))) {
      drop(() -> context.req().getInputStream());
    }
  }

  /** The same for a request that no route has seen. */
  static void drop(Request request) {
    HttpFields headers = request.getHeaders();
    if (isSent(
        request.getLength(),
        headers.get(HttpHeader.TRANSFER_ENCODING),
        headers.get(HttpHeader.EXPECT))) {
      drop(() -> Content.Source.asInputStream(request));
    }
  }

  private static void drop(Body body) {
    try {
      drop(body.open());
    } catch (IOException clientGone) {
      LOG.debug("client gone before its body ended", clientGone);
    }
  }

  private interface Body {
    InputStream open() throws IOException;
  }

  private static void drop(InputStream body) throws IOException {
    if (body.read() < 0) {
      return;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    long giveUpNanos = System.nanoTime() + MAX_WAIT.toNanos();
    int left = MAX_DROPPED_BYTES;
    while (left > 0 && System.nanoTime() < giveUpNanos) {
      int read = body.read(buffer);
      if (read < 0) {
        return;
      }
      left -= read;
    }
    LOG.info("refused body is cut off dropped_bytes={}", MAX_DROPPED_BYTES - left);
  }

  /**
   * Whether a body comes. A client that waits for {@code 100 Continue} before it sends, as curl
   * does, gets the answer instead. A body that was announced has been read as a whole or not begun.
   */
  private static boolean isSent(long announced, String transferEncoding, String expect) {
    return announced > 0 ? expect == null : transferEncoding != null;
  }
}
