package io.linkwright.agent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one at a time in the order they came, on whatever thread; each sees what the ones
 * before it did. What an agent owns is touched by tasks of its serial executor only.
 *
 * <p>The queue is bounded by those who fill it: at most one message of the server is in it, because
 * the next is asked for when it is done, and one task of each timer and driver.
 */
final class SerialExecutor implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Executor threads;
  private final Consumer<RuntimeException> onFailure;

  /**
   * On these threads.
   *
   * @param onFailure is told, in turn, of a task that threw
   */
  SerialExecutor(Executor threads, Consumer<RuntimeException> onFailure) {
    this.threads = threads;
    this.onFailure = onFailure;
  }

  @Override
  public void execute(Runnable task) {
    if (enqueue(task)) {
      threads.execute(this::drain);
    }
  }

  /** Runs the task now on the caller's thread if nothing else is running; saves a handover. */
  void executeHere(Runnable task) {
    if (enqueue(task)) {
      drain();
    }
  }

  private boolean enqueue(Runnable task) {
    tasks.add(task);
    return waiting.getAndIncrement() == 0;
  }

  private void drain() {
    do {
      try {
        tasks.remove().run();
      } catch (RuntimeException failure) {
        onFailure.accept(failure);
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
