package io.linkwright.standalone.run;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a part as often as it takes while the cluster does not answer: that passes. Whatever else
 * goes wrong is not tried again.
 */
public final class PatientStart {
  private static final Logger LOG = LoggerFactory.getLogger(PatientStart.class);

  /** An attempt waits for its answers itself, so there is no need to hurry or to slow down. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private PatientStart() {}

  /**
   * The part, when it has started.
   *
   * @param name for the log
   * @throws IllegalStateException if the thread is interrupted
   */
  public static <T> T of(String name, Supplier<T> start) {
    while (true) {
      try {
        return start.get();
      } catch (RuntimeException failed) {
        if (!isPassing(failed)) {
          throw failed;
        }
        LOG.warn("start is tried again part={} reason={}", name, failed.toString());
      }
      pause();
    }
  }

  /** A topic that does not exist is retriable for Kafka, and for us it waits for somebody. */
  private static boolean isPassing(Throwable failure) {
    boolean passing = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      passing |= cause instanceof RetriableException || cause instanceof TimeoutException;
    }
    return passing;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", interrupted);
    }
  }
}
