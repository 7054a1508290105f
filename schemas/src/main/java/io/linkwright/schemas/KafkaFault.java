package io.linkwright.schemas;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What a failure of a Kafka client means, in the same way for all services. Brokers, permissions
 * and the registry come back, so all but {@link #REPLACED} and {@link #BROKEN} is tried again for
 * ever, with back-off.
 */
public enum KafkaFault {
  /** Nothing but time has passed, or the one record was at fault: the client works as before. */
  DELAY,
  /** The client is to be closed and made anew (a fenced producer, an illegal state, any other). */
  CLIENT_LOST,
  /** The cluster refuses what is asked, until somebody changes it or this service's settings. */
  REFUSED,
  /** Another process runs under this one's name: a new start would throw that one out in turn. */
  REPLACED,
  /** An {@link Error}: nothing that the process does can be relied on. */
  BROKEN;

  private static final int MAX_CAUSES = 10;

  /** What is behind a failure. */
  public static KafkaFault of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      switch (cause) {
        case Error _ -> {
          return BROKEN;
        }
        case FencedInstanceIdException _ -> {
          return REPLACED;
        }
        case AuthorizationException _, AuthenticationException _, UnsupportedVersionException _ -> {
          return REFUSED;
        }
        default -> cause = cause.getCause();
      }
    }
    return isDelay(failure) ? DELAY : CLIENT_LOST;
  }

  /** Whether another try may go better without anybody starting the process anew. */
  public boolean isPassing() {
    return switch (this) {
      case DELAY, CLIENT_LOST, REFUSED -> true;
      case REPLACED, BROKEN -> false;
    };
  }

  /** Only the failure itself counts: what a client wraps has made an end of that client. */
  private static boolean isDelay(Throwable failure) {
    return failure instanceof RetriableException
        || failure instanceof RecordTooLargeException
        || failure instanceof SerializationException;
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
