package io.linkwright.standalone.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Bounds everything the demo waits for, all of it together. */
record Deadline(long endNanos) {
  private static final Duration POLL = Duration.ofMillis(5);

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /**
   * Waits until something is so.
   *
   * @param what completes the sentence "… did not happen in time"
   * @throws DemoFailure when time is up
   */
  void await(String what, BooleanSupplier isSo) throws InterruptedException {
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > endNanos) {
        throw new DemoFailure(what + " did not happen in time");
      }
      Thread.sleep(POLL);
    }
  }
}
