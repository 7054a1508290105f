package io.linkwright.agent.device;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process whose agent cannot go on: as a signal does at first, and after a bound without
 * asking anybody. Its thread is there from the beginning, because there may be no memory for one
 * when it is needed.
 */
final class BrokenAgent implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private final CountDownLatch broken = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread running;
  private final Duration limit;
  private final Runnable halt;
  private final Thread watchdog;
  private volatile Throwable cause;

  private BrokenAgent(Thread running, Duration limit, Runnable halt) {
    this.running = running;
    this.limit = limit;
    this.halt = halt;
    this.watchdog = Thread.ofPlatform().daemon().name("broken-agent").unstarted(this::watch);
  }

  /** Interrupts the calling thread when it is told, and halts the process if that has no effect. */
  static BrokenAgent interruptingThisThread() {
    return interruptingThisThread(CLOSE_LIMIT, () -> Runtime.getRuntime().halt(1));
  }

  static BrokenAgent interruptingThisThread(Duration limit, Runnable halt) {
    BrokenAgent agent = new BrokenAgent(Thread.currentThread(), limit, halt);
    agent.watchdog.start();
    return agent;
  }

  /** The agent cannot go on. Needs no memory. */
  void by(Throwable reason) {
    cause = reason;
    broken.countDown();
  }

  /** Why the agent could not go on; empty if it could. */
  Optional<Throwable> cause() {
    return Optional.ofNullable(cause);
  }

  private void watch() {
    try {
      broken.await();
      if (closed.getCount() == 0) {
        return;
      }
      running.interrupt();
      if (!closed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        halt.run();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** All is closed that the agent had open. */
  @Override
  public void close() {
    closed.countDown();
    watchdog.interrupt();
  }
}
