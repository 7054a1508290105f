package io.linkwright.domain.key;

import io.linkwright.domain.text.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * How old the keys of a group's links may become before they are changed.
 *
 * @param duration in whole seconds
 */
public record RekeyInterval(Duration duration) {
  /** A change of keys takes up to half of this, from the command until the former keys are gone. */
  public static final Duration MIN = Duration.ofMinutes(1);

  /** A year, a leap year too. */
  public static final Duration MAX = Duration.ofDays(366);

  /**
   * Checks the duration.
   *
   * @throws IllegalArgumentException if it is out of bounds or has a fraction of a second
   */
  public RekeyInterval {
    if (duration.compareTo(MIN) < 0 || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "%s is not within %s and P%dD".formatted(duration, MIN, MAX.toDays()));
    }
    if (duration.toNanosPart() != 0) {
      throw new IllegalArgumentException("%s has a fraction of a second".formatted(duration));
    }
  }

  /**
   * Reads a duration as ISO 8601 writes it: {@code PT12H}, {@code P30D}.
   *
   * @throws IllegalArgumentException if the text has another form or is out of bounds
   */
  public static RekeyInterval parse(String text) {
    try {
      return new RekeyInterval(Duration.parse(text));
    } catch (DateTimeException wrongForm) {
      throw new IllegalArgumentException(
          "'%s' is no ISO 8601 duration such as P30D".formatted(Excerpt.of(text)), wrongForm);
    }
  }

  /** In ISO 8601, hours at most: {@code PT720H} is what {@code P30D} was read as. */
  @Override
  public String toString() {
    return duration.toString();
  }
}
