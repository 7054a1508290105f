package io.linkwright.http;

import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinWsServletContext;
import io.linkwright.httpapi.ApiJson;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers. */
public final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final String JSON = "application/json";

  private Answers() {}

  /** Answers with a JSON body. */
  public static void json(Context context, int status, Object body) {
    context.status(status).contentType(JSON).result(ApiJson.bytes(body));
  }

  /** Answers with a problem. */
  public static void problem(Context context, Problem problem) {
    problem.retryAfterHeader().ifPresent(seconds -> context.header("Retry-After", seconds));
    byte[] body = problem.body();
    context.status(problem.status()).contentType(Problem.MEDIA_TYPE);
    if (context instanceof JavalinWsServletContext) {
      writeNow(context, body);
    } else {
      context.result(body);
    }
  }

  /** Javalin writes no body where it refuses a handshake. */
  private static void writeNow(Context context, byte[] body) {
    try {
      context.res().setContentLength(body.length);
      context.res().getOutputStream().write(body);
    } catch (IOException clientGone) {
      LOG.debug("client gone before the answer", clientGone);
    }
  }
}
