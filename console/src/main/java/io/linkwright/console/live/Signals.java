package io.linkwright.console.live;

import java.time.Duration;

/** Tells when what a page shows may have changed. Awaited by one thread. */
public interface Signals extends AutoCloseable {

  /** What came of waiting. */
  enum Signal {
    /** Something may have changed since the last signal. */
    CHANGED,
    /** Nothing within the time. */
    QUIET,
    /** There is nobody to tell any more. */
    LOST
  }

  /** Waits for a change, at most {@code timeout}. */
  Signal await(Duration timeout) throws InterruptedException;

  @Override
  void close();
}
