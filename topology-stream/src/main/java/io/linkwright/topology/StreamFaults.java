package io.linkwright.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a fault of a stream thread means. A cluster that fails for a while costs the thread,
 * which is replaced, a bounded number of times. What would fail again in the same way, as a damaged
 * log does, stops the stream, and the reason stays readable. Called by stream threads.
 */
final class StreamFaults implements StreamsUncaughtExceptionHandler {
  /** Threads replaced within {@link #WINDOW} before the stream gives up. */
  static final int MAX_REPLACEMENTS = 10;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(StreamFaults.class);

  private final InstantSource clock;
  private final AtomicReference<String> fatal = new AtomicReference<>();
  private Instant windowStart = Instant.EPOCH;
  private int replacements;

  StreamFaults(InstantSource clock) {
    this.clock = clock;
  }

  /** Why the stream has stopped for good. */
  Optional<String> fatal() {
    return Optional.ofNullable(fatal.get());
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable fault) {
    Throwable cause = rootCause(fault);
    boolean passing = cause instanceof KafkaException && !(cause instanceof SerializationException);
    if (passing && mayReplace()) {
      LOG.warn("stream thread is replaced cause={}", cause.toString(), fault);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    fatal.compareAndSet(null, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    LOG.error("stream stops cause={}", cause.toString(), fault);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private boolean mayReplace() {
    Instant now = clock.instant();
    if (windowStart.plus(WINDOW).isBefore(now)) {
      windowStart = now;
      replacements = 0;
    }
    return ++replacements <= MAX_REPLACEMENTS;
  }

  private static Throwable rootCause(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
