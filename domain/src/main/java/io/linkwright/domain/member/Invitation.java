package io.linkwright.domain.member;

import io.linkwright.domain.text.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A new token for a member without keys.
 *
 * @param token the hash; the token itself is the operator's
 * @param timeToLive from the moment of the command on
 */
public record Invitation(TokenHash token, Duration timeToLive) {
  /** Unless the operator says otherwise. */
  public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofHours(24);

  /** Shorter than anybody can paste it. */
  public static final Duration MIN_TIME_TO_LIVE = Duration.ofSeconds(1);

  /** A token that lies about for longer is found by somebody. */
  public static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(30);

  /**
   * Checks the time to live.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  public Invitation {
    requireWithinBounds(timeToLive);
  }

  /**
   * Reads a time to live as ISO 8601 writes it: {@code PT24H}, {@code PT30M}, {@code P7D}. Parts of
   * seconds do not count: the log has no nanoseconds.
   *
   * @throws IllegalArgumentException if the text has another form or is out of bounds
   */
  public static Duration parseTimeToLive(String text) {
    try {
      return requireWithinBounds(Duration.parse(text).truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeException wrongForm) {
      throw new IllegalArgumentException(
          "'%s' is no ISO 8601 duration such as PT24H".formatted(Excerpt.of(text)), wrongForm);
    }
  }

  private static Duration requireWithinBounds(Duration timeToLive) {
    if (timeToLive.compareTo(MIN_TIME_TO_LIVE) < 0 || timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0) {
      throw new IllegalArgumentException(
          "%s is not within %s and %s".formatted(timeToLive, MIN_TIME_TO_LIVE, MAX_TIME_TO_LIVE));
    }
    return timeToLive;
  }
}
