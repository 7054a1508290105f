package io.linkwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

/** Writes answers. */
public final class Answers {
  private static final String JSON = "application/json";

  private Answers() {}

  /** Answers with a JSON body. */
  public static void json(Context context, int status, JsonNode body) {
    context.status(status).contentType(JSON).result(Json.bytes(body));
  }

  /** Answers with a problem. */
  public static void problem(Context context, Problem problem) {
    problem.retryAfterHeader().ifPresent(seconds -> context.header("Retry-After", seconds));
    context
        .status(problem.status())
        .contentType(Problem.MEDIA_TYPE)
        .result(Json.bytes(problem.toJson()));
  }
}
