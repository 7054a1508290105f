package io.linkwright.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls a task at fixed times, whether or not earlier calls have had their effect. What is measured
 * from the time a call was due, and not from when it was made, keeps a stall in the figures: the
 * requests that had to wait are those that a closed loop would not have sent.
 */
record Pacer(int perSecond) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Shorter waits than this are spun away: the timer is no more precise. */
  private static final long SPIN_NANOS = 60_000;

  /** What happens each time; {@code dueNanos} is on the clock of {@link System#nanoTime}. */
  interface Task {
    void run(int index, long dueNanos) throws InterruptedException;
  }

  /**
   * Runs the task at this rate for {@code duration}, in the calling thread.
   *
   * @return the index after the last one
   */
  int run(Duration duration, int firstIndex, Task task) throws InterruptedException {
    long startNanos = System.nanoTime();
    int calls = (int) (duration.toMillis() * perSecond / 1_000);
    for (int i = 0; i < calls; i++) {
      long dueNanos = startNanos + (long) i * NANOS_PER_SECOND / perSecond;
      waitUntil(dueNanos);
      task.run(firstIndex + i, dueNanos);
    }
    return firstIndex + calls;
  }

  private static void waitUntil(long dueNanos) throws InterruptedException {
    while (true) {
      long leftNanos = dueNanos - System.nanoTime();
      if (leftNanos <= 0) {
        return;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (leftNanos > SPIN_NANOS) {
        LockSupport.parkNanos(leftNanos - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
