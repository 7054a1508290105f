package io.linkwright.pusher.pulse;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that is asked to stop, and notices when it looks or while it waits. */
public final class StoppableThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoppableThread.class);

  private final Duration stopTimeout;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Does not run yet.
   *
   * @param stopTimeout how long {@link #close} waits
   */
  public StoppableThread(String name, Duration stopTimeout, Runnable body) {
    this.stopTimeout = stopTimeout;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(body);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Whether the thread is to end; for its own use. An interrupt counts as being told so. */
  public boolean isStopping() {
    return isStoppingWithin(Duration.ZERO);
  }

  /** The same, waiting for it so long. */
  public boolean isStoppingWithin(Duration wait) {
    try {
      return stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
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
