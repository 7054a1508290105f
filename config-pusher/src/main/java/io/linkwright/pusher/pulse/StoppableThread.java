package io.linkwright.pusher.pulse;

import io.linkwright.http.Liveness;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that is asked to stop, and notices when it looks or while it waits. It says in
 * {@link #liveness} whether it runs and gets on.
 */
public final class StoppableThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoppableThread.class);

  /**
   * A thread looks whether it is to stop many times a minute, also while Kafka or the disk fails:
   * every wait of its own is shorter than this. One that has not looked for so long is stuck.
   */
  public static final Duration STALLED_AFTER = Duration.ofMinutes(2);

  private final Duration stopTimeout;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile long lookedAt = System.nanoTime();
  private volatile Optional<String> ended = Optional.empty();

  /**
   * Does not run yet.
   *
   * @param stopTimeout how long {@link #close} waits
   */
  public StoppableThread(String name, Duration stopTimeout, Runnable body) {
    this.stopTimeout = stopTimeout;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(body));
  }

  private void run(Runnable body) {
    try {
      body.run();
      ended = Optional.of("it has ended");
    } catch (RuntimeException | Error failed) {
      // First of all: with no memory left, what follows may fail too.
      ended = Optional.of("an error ended it");
      ended = Optional.of(failed.toString());
      LOG.error("thread ended name={}", thread.getName(), failed);
    }
  }

  /** Begins. */
  public void start() {
    lookedAt = System.nanoTime();
    thread.start();
  }

  /** Whether the thread is to end; for its own use. An interrupt counts as being told so. */
  public boolean isStopping() {
    return isStoppingWithin(Duration.ZERO);
  }

  /** The same, waiting for it so long. */
  public boolean isStoppingWithin(Duration wait) {
    lookedAt = System.nanoTime();
    try {
      return stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Dead if the thread ended without being asked to, or has not looked for too long. */
  public Liveness liveness() {
    return liveness(System.nanoTime());
  }

  Liveness liveness(long now) {
    if (stopping.getCount() == 0) {
      return Liveness.alive();
    }
    if (ended.isPresent()) {
      return Liveness.dead("thread %s has stopped: %s".formatted(thread.getName(), ended.get()));
    }
    return now - lookedAt >= STALLED_AFTER.toNanos()
        ? Liveness.dead(
            "thread %s has made no progress for %d s"
                .formatted(thread.getName(), STALLED_AFTER.toSeconds()))
        : Liveness.alive();
  }

  /** Asks the thread to stop and waits for it, within bounds. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      if (!thread.join(stopTimeout)) {
        LOG.warn("{} did not stop timeout_s={}", thread.getName(), stopTimeout.toSeconds());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
