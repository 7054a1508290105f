package io.linkwright.http;

import io.javalin.http.HttpStatus;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.answer.ProblemAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a request, as {@code application/problem+json} (RFC 9457). The {@code type} is
 * {@code about:blank}, so {@code title} is the status in words; clients act on {@code code}.
 *
 * @param status HTTP status, 400..599
 * @param code stable name in capitals, part of the API
 * @param detail for people: what to do differently
 * @param field the part of the body, query or header at fault, as in {@code add[3].edgeA}
 * @param items of a batch, each offending one
 * @param retryAfter when another try makes sense; sent as {@code Retry-After}
 */
public record Problem(
    int status,
    String code,
    String detail,
    Optional<String> field,
    List<ProblemAnswer.Item> items,
    Optional<Duration> retryAfter) {
  /** Media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * Checks the status.
   *
   * @throws IllegalArgumentException if {@code status} is not an error
   */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status %d is not within 400..599".formatted(status));
    }
    items = List.copyOf(items);
  }

  /** A problem of the request as a whole. */
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, Optional.empty(), List.of(), Optional.empty());
  }

  /** 400 {@code INVALID_REQUEST} naming what is at fault. */
  public static Problem invalid(String field, String detail) {
    return new Problem(
        400, ProblemCodes.INVALID_REQUEST, detail, Optional.of(field), List.of(), Optional.empty());
  }

  /** 400 {@code INVALID_REQUEST} of the request as a whole. */
  public static Problem invalid(String detail) {
    return of(400, ProblemCodes.INVALID_REQUEST, detail);
  }

  /** 503 {@code NOT_READY}: nothing was done, another try after {@code retryAfter} makes sense. */
  public static Problem notReady(String detail, Duration retryAfter) {
    return new Problem(
        503, ProblemCodes.NOT_READY, detail, Optional.empty(), List.of(), Optional.of(retryAfter));
  }

  /** The body on the wire, as UTF-8. */
  public byte[] body() {
    return ApiJson.bytes(
        new ProblemAnswer(
            HttpStatus.forStatus(status).getMessage(), status, code, detail, field, items));
  }

  /** {@code Retry-After} in whole seconds, rounded up (RFC 9110 section 10.2.3). */
  Optional<String> retryAfterHeader() {
    return retryAfter.map(wait -> Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
  }
}
