package io.linkwright.httpapi.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a request is waited for, with all its tries, and who hears of it meanwhile.
 *
 * @param limit after which it is given up
 * @param listener hears once of each request that takes {@link #QUIET}, for what it is waited
 */
public record Patience(Duration limit, Consumer<String> listener) {
  /** What a person waits without wondering. */
  static final Duration QUIET = Duration.ofSeconds(3);

  /** Of programs of ours, which nobody watches. */
  static final Duration PROGRAM_LIMIT = Duration.ofMinutes(2);

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException unless it is more than nothing
   */
  public Patience {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("%s is no time to wait".formatted(limit));
    }
  }

  /** That of a program: it waits long and says nothing. */
  static Patience ofProgram() {
    return new Patience(PROGRAM_LIMIT, _ -> {});
  }

  /** Begins to wait. */
  Wait begin() {
    return new Wait(this);
  }
}
