package io.linkwright.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to connect again. A row of failures ends with a connection that was stable, unless the
 * server ended it on purpose: two devices with one edge's keys, or one that says what the server
 * does not allow, would otherwise come back at once for ever. Owned by the agent's serial executor.
 */
final class Reconnection {
  /** A server that sends edges elsewhere is not what is waited for. */
  private static final int ELSEWHERE_LIMIT_FACTOR = 10;

  /** The other device must have time to find that it is not alone, and an operator to see it. */
  private static final int REPLACED_LIMIT_FACTOR = 20;

  private final Backoff ordinary;
  private final Backoff elsewhere;
  private final Backoff replaced;
  private int failures;
  private int replacements;

  Reconnection(Backoff ordinary) {
    this.ordinary = ordinary;
    Duration soon = ordinary.base().multipliedBy(ELSEWHERE_LIMIT_FACTOR);
    this.elsewhere =
        new Backoff(ordinary.base(), soon.compareTo(ordinary.cap()) < 0 ? soon : ordinary.cap());
    this.replaced = new Backoff(ordinary.cap(), ordinary.cap().multipliedBy(REPLACED_LIMIT_FACTOR));
  }

  /** Whether the connection that ended had lived long enough to be a success. */
  enum Life {
    SHORT,
    STABLE
  }

  /** How long to wait after a connection that ended so. */
  Duration delay(Ending ending, Life life, RandomGenerator random) {
    return switch (ending) {
      case LOST -> ordinary.delay(row(life), random);
      case ELSEWHERE -> elsewhere.delay(row(life), random);
      case REFUSED -> ordinary.delay(++failures, random);
      case REPLACED -> replaced.delay(++replacements, random);
    };
  }

  private int row(Life life) {
    switch (life) {
      case SHORT -> failures++;
      case STABLE -> {
        failures = 1;
        replacements = 0;
      }
    }
    return failures;
  }
}
