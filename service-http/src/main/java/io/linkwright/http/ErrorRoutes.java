package io.linkwright.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.linkwright.httpapi.ProblemCodes;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that goes wrong while a request is handled into a problem. */
final class ErrorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorRoutes.class);
  private static final Problem INTERNAL_ERROR =
      Problem.of(500, ProblemCodes.INTERNAL_ERROR, "the service failed; its log says why");

  /** For metrics only: nobody is there to read it. The number is the one that nginx uses. */
  private static final int CLIENT_GONE = 499;

  private ErrorRoutes() {}

  static void addTo(JavalinConfig config) {
    config.http.prefer405over404 = true;
    config.routes.exception(
        ProblemException.class, (ended, context) -> Answers.problem(context, ended.problem()));
    config.routes.exception(HttpResponseException.class, ErrorRoutes::refused);
    config.routes.exception(Exception.class, ErrorRoutes::failed);
    config.router.javaLangErrorHandler(ErrorRoutes::failedBadly);
  }

  /** What Javalin itself refuses: no such path or method. */
  private static void refused(HttpResponseException refusal, Context context) {
    int status = refusal.getStatus();
    switch (status) {
      case 404 ->
          Answers.problem(
              context, Problem.of(404, ProblemCodes.NOT_FOUND, "there is nothing at this path"));
      case 405 -> {
        String allowed = String.join(", ", refusal.getDetails().values());
        context.header("Allow", allowed);
        Answers.problem(
            context,
            Problem.of(
                405,
                ProblemCodes.METHOD_NOT_ALLOWED,
                "this path knows only %s".formatted(allowed)));
      }
      default -> Answers.problem(context, forStatus(status, refusal.getMessage()));
    }
  }

  /** A problem for what Javalin or Jetty refuse by status alone. */
  static Problem forStatus(int status, String detail) {
    return switch (status) {
      case 404 -> Problem.of(status, ProblemCodes.NOT_FOUND, detail);
      case 408 -> Problem.of(status, ProblemCodes.REQUEST_TOO_SLOW, detail);
      case 415 -> Problem.of(status, ProblemCodes.UNSUPPORTED_MEDIA_TYPE, detail);
      case 413, 414, 431 -> Problem.of(status, ProblemCodes.REQUEST_TOO_LARGE, detail);
      case 503 -> Problem.of(status, ProblemCodes.NOT_READY, detail);
      default ->
          Problem.of(
              status,
              isOurFault(status) ? ProblemCodes.INTERNAL_ERROR : ProblemCodes.INVALID_REQUEST,
              detail);
    };
  }

  /** The client chose the method (501) or the version (505). */
  private static boolean isOurFault(int status) {
    return status >= 500 && status != 501 && status != 505;
  }

  private static void failed(Exception failure, Context context) {
    if (isClientGone(failure)) {
      LOG.debug("client gone during the request", failure);
      context.status(CLIENT_GONE);
      return;
    }
    LOG.error("request failed method={} path={}", context.method(), context.path(), failure);
    Answers.problem(context, INTERNAL_ERROR);
  }

  /** A WebSocket's handshake waits for its answer to be sent, and fails when nobody takes it. */
  private static boolean isClientGone(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EofException || cause instanceof ClosedChannelException) {
        return true;
      }
    }
    return false;
  }

  private static void failedBadly(HttpServletResponse response, Error failure) {
    LOG.error("request failed", failure);
    if (response.isCommitted()) {
      return;
    }
    response.setStatus(INTERNAL_ERROR.status());
    response.setContentType(Problem.MEDIA_TYPE);
    try {
      response.getOutputStream().write(INTERNAL_ERROR.body());
    } catch (IOException clientGone) {
      LOG.debug("client gone before the answer", clientGone);
    }
  }
}
