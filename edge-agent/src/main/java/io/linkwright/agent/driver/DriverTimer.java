package io.linkwright.agent.driver;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a driver look at its tunnels and check for drift, on a thread of its own: both wait for
 * programs. Looks follow each other, at short intervals while a tunnel is new. Names have another
 * thread: a name service that is silent must not keep the probes waiting. Thread-safe.
 */
final class DriverTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DriverTimer.class);

  private final DriverTimings timings;
  private final KernelDriver driver;
  private final ScheduledThreadPoolExecutor thread = threadNamed("tunnel-driver");
  private final ScheduledThreadPoolExecutor nameThread = threadNamed("tunnel-names");
  private ScheduledFuture<?> nextLook;

  DriverTimer(DriverTimings timings, KernelDriver driver) {
    this.timings = timings;
    this.driver = driver;
  }

  private static ScheduledThreadPoolExecutor threadNamed(String name) {
    var thread =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return thread;
  }

  void start() {
    long drift = timings.driftInterval().toNanos();
    var _ = thread.scheduleWithFixedDelay(this::reconcile, drift, drift, TimeUnit.NANOSECONDS);
    long names = timings.nameInterval().toNanos();
    var _ =
        nameThread.scheduleWithFixedDelay(this::followNames, names, names, TimeUnit.NANOSECONDS);
    lookAfter(timings.watchInterval());
  }

  /** Something has changed, so the next look comes early. */
  void lookSoon() {
    lookAfter(timings.settlingInterval());
  }

  private synchronized void lookAfter(Duration delay) {
    if (nextLook != null) {
      nextLook.cancel(false);
    }
    try {
      nextLook = thread.schedule(this::look, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("no more looks: closed");
    }
  }

  /** Nothing must end the watch: neither a bug, nor memory that is short for a moment. */
  private void look() {
    Duration next = timings.watchInterval();
    try {
      if (driver.look()) {
        next = timings.settlingInterval();
      }
    } catch (RuntimeException | Error bug) {
      LOG.error("tunnels not watched", bug);
    } finally {
      lookAfter(next);
    }
  }

  private void reconcile() {
    try {
      var _ = driver.reconcile();
    } catch (RuntimeException | Error bug) {
      LOG.error("drift not checked", bug);
    }
  }

  private void followNames() {
    try {
      driver.followNames();
    } catch (RuntimeException | Error bug) {
      LOG.error("names not followed", bug);
    }
  }

  /** What is under way comes to its end: half a repair is worse than none. */
  @Override
  public void close() {
    thread.shutdown();
    nameThread.shutdown();
  }
}
