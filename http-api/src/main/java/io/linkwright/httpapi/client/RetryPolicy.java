package io.linkwright.httpapi.client;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * When a request is worth another try: the server is not ready yet (503) or does not know whether
 * it did it (504, and the idempotency key makes repeating safe).
 */
record RetryPolicy(int maxAttempts, Duration firstWait, Duration maxWait) {

  /** As often as {@link Patience} allows. */
  static final RetryPolicy DEFAULT =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(100), Duration.ofSeconds(4));

  /** One try. */
  static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /** How long to wait before the attempt after {@code attempt} (from 1); empty: give up. */
  Optional<Duration> waitAfter(int attempt, HttpResponse<?> response) {
    if (!isPassing(response.statusCode()) || saysDamaged(response) || attempt >= maxAttempts) {
      return Optional.empty();
    }
    Duration asked =
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(RetryPolicy::seconds)
            .orElseGet(() -> backoff(attempt));
    return Optional.of(asked.compareTo(maxWait) > 0 ? maxWait : asked);
  }

  /** A damaged group does not heal by itself. */
  private static boolean saysDamaged(HttpResponse<?> response) {
    return response.body() instanceof byte[] body
        && new String(body, StandardCharsets.UTF_8).contains("\"GROUP_DAMAGED\"");
  }

  /** 429 and 502 are the words of a proxy before a server that is busy, or starts. */
  static boolean isPassing(int status) {
    return switch (status) {
      case 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** How long to wait after a connection that broke; empty: give up. */
  Optional<Duration> waitAfterBreak(int attempt) {
    return attempt >= maxAttempts ? Optional.empty() : Optional.of(backoff(attempt));
  }

  private Duration backoff(int attempt) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(attempt - 1, 10));
    return wait.compareTo(maxWait) > 0 ? maxWait : wait;
  }

  /** The form in seconds; the other form, a date, is not worth a clock comparison. */
  private static Optional<Duration> seconds(String header) {
    try {
      return Optional.of(Duration.ofSeconds(Long.parseUnsignedLong(header.strip())));
    } catch (NumberFormatException date) {
      return Optional.empty();
    }
  }
}
