package io.linkwright.standalone.run;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Knows what a start waits for, and tells it every few seconds, so that nobody has to guess whether
 * it hangs. The stages are set by the starting thread; one of its own tells them.
 */
final class StartWatch implements AutoCloseable {
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final StartListener listener;
  private final Duration tellEvery;
  private final Thread thread;
  private volatile Supplier<String> stage = () -> "the first part";

  private StartWatch(StartListener listener, Duration tellEvery) {
    this.listener = listener;
    this.tellEvery = tellEvery;
    this.thread = Thread.ofPlatform().daemon().name("start-watch").start(this::tell);
  }

  static StartWatch telling(StartListener listener) {
    return telling(listener, TELL_EVERY);
  }

  static StartWatch telling(StartListener listener, Duration every) {
    return new StartWatch(listener, every);
  }

  /** From now on it waits for this. */
  void stage(String what) {
    stage(() -> what);
  }

  /** From now on it waits for this; asked anew each time it is told. */
  void stage(Supplier<String> what) {
    stage = what;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try {
      while (true) {
        Thread.sleep(tellEvery);
        String what = stage.get();
        if (!what.isEmpty()) { // What it has waited for may have come in this moment.
          listener.waiting(what);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
