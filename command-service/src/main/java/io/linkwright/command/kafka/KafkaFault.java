package io.linkwright.command.kafka;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What a failure of a Kafka client means, in the same way for all clients of the service. */
public enum KafkaFault {
  /** Another process has taken this one's place: to try again at once would throw that one out. */
  REPLACED,
  /** The cluster refuses what is asked, until somebody changes it or this service's settings. */
  REFUSED,
  /** The cluster does not answer, or not well: another try may succeed. */
  PASSING;

  private static final int MAX_CAUSES = 10;

  /** What is behind a failure. */
  public static KafkaFault of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      switch (cause) {
        case FencedInstanceIdException _,
            ProducerFencedException _,
            InvalidProducerEpochException _ -> {
          return REPLACED;
        }
        case AuthorizationException _, AuthenticationException _, UnsupportedVersionException _ -> {
          return REFUSED;
        }
        default -> cause = cause.getCause();
      }
    }
    return PASSING;
  }

  /** A failure in one line, for people: the innermost cause says the most. */
  public static String text(Throwable failure) {
    Throwable innermost = failure;
    for (int depth = 0; innermost.getCause() != null && depth < MAX_CAUSES; depth++) {
      innermost = innermost.getCause();
    }
    return "%s: %s".formatted(innermost.getClass().getSimpleName(), innermost.getMessage());
  }
}
