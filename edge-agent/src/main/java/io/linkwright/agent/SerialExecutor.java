package io.linkwright.agent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time in the order they came, on whatever thread; each sees what the ones
 * before it did. What an agent owns is touched by tasks of its serial executor only.
 *
 * <p>The queue is bounded by those who fill it: a few messages of the server are in it, because
 * another is asked for when one is done, and one task of each timer and driver.
 */
final class SerialExecutor implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Executor threads;
  private final Failures failures;
  private volatile long done;

  /** Is told of tasks that threw, in turn with the tasks. */
  interface Failures {
    /** A bug in one task. */
    void failed(RuntimeException bug);

    /** What was half done cannot be told: nothing that the tasks own can be relied on any more. */
    void broken(Throwable cause);
  }

  /** On these threads. */
  SerialExecutor(Executor threads, Failures failures) {
    this.threads = threads;
    this.failures = failures;
  }

  /** The caller's thread does the work if no other can be had: nothing may be left lying. */
  @Override
  public void execute(Runnable task) {
    if (enqueue(task)) {
      try {
        threads.execute(this::drain);
      } catch (RuntimeException | Error noThread) {
        drain();
      }
    }
  }

  /** Tasks that have come to their end, to see whether there is progress. */
  long done() {
    return done;
  }

  /** Whether a task runs or waits. */
  boolean isBusy() {
    return waiting.get() > 0;
  }

  private boolean enqueue(Runnable task) {
    tasks.add(task);
    return waiting.getAndIncrement() == 0;
  }

  /** Whatever happens, the next task has its turn: a queue that nobody empties is a deaf agent. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time drains.
  private void drain() {
    do {
      try {
        run(tasks.remove());
      } catch (RuntimeException | Error hopeless) {
        tell(hopeless);
      }
      done++;
    } while (waiting.decrementAndGet() > 0);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      failures.failed(bug);
    }
  }

  private void tell(Throwable hopeless) {
    try {
      failures.broken(hopeless);
    } catch (RuntimeException | Error again) {
      // It was told of the first, which says more.
      hopeless.addSuppressed(again);
    }
  }
}
