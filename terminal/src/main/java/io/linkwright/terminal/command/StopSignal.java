package io.linkwright.terminal.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM and SIGINT into an interrupt of the thread that made it, and keeps the process
 * alive until that thread has closed what it had open, or a bound is reached. Declare it first in a
 * try-with-resources, so that it is closed last.
 */
public final class StopSignal implements AutoCloseable {
  /** The sum of what the parts of the all-in-one run may take at most. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private StopSignal(Thread interrupted) {
    hook = new Thread(() -> stop(interrupted), "stop");
  }

  /** Interrupts the calling thread when the process is told to stop. */
  public static StopSignal interruptingThisThread() {
    StopSignal signal = new StopSignal(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Waits for the interrupt, and clears it, so that closing can wait where it must. */
  public static void await() {
    while (!Thread.interrupted()) {
      LockSupport.park();
    }
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook is what brought us here.
      LOG.debug("stopped on a signal", stopping);
    }
  }

  private void stop(Thread interrupted) {
    interrupted.interrupt();
    try {
      if (!closed.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("did not stop in time timeout_s={}", STOP_TIMEOUT.toSeconds());
      }
    } catch (InterruptedException halted) {
      Thread.currentThread().interrupt();
    }
  }
}
