package io.linkwright.topology;

import io.linkwright.schemas.KafkaFault;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a fault of a stream thread means. Nothing that a cluster, a registry, a disk or a
 * permission does is for ever, so after all of it the stream is started again ({@link
 * SupervisedStream}). Two things do not heal: another process that runs under this one's name,
 * which a new start would throw out in turn, and a process without memory or with classes missing.
 * Called by stream threads.
 */
final class StreamFaults implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFaults.class);

  private final AtomicReference<String> fatal = new AtomicReference<>();
  private final AtomicReference<Throwable> last = new AtomicReference<>();
  private final AtomicLong count = new AtomicLong();

  /** Why the stream has stopped for good. */
  Optional<String> fatal() {
    return Optional.ofNullable(fatal.get());
  }

  /** What went wrong last, in a few words. */
  Optional<String> last() {
    return Optional.ofNullable(last.get()).map(StreamFaults::words);
  }

  /** What went wrong last. */
  Optional<Throwable> lastFault() {
    return Optional.ofNullable(last.get());
  }

  /** Faults so far. */
  long count() {
    return count.get();
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable fault) {
    count.incrementAndGet();
    if (KafkaFault.of(fault).isPassing()) {
      last.set(fault);
      LOG.warn("stream stops and is started again cause={}", words(fault), fault);
    } else {
      fatal.compareAndSet(null, words(fault));
      LOG.error("stream stops for good cause={}", words(fault), fault);
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** What a client of ours says of its own trouble, or what is at the root of it. */
  private static String words(Throwable fault) {
    Optional<Throwable> told = Optional.empty();
    Throwable root = fault;
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
      if (cause instanceof KafkaException && !(cause instanceof StreamsException)) {
        told = Optional.of(cause);
      }
    }
    Throwable said = told.orElse(root);
    return said.getMessage() == null ? said.toString() : said.getMessage();
  }
}
