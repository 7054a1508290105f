package io.linkwright.console.live;

import java.time.Duration;

/** For what no service has a stream of: looks again at a fixed pace. */
public final class TickSignals implements Signals {
  private final Duration period;

  /** Signals after each {@code period}. */
  public TickSignals(Duration period) {
    this.period = period;
  }

  @Override
  public Signal await(Duration timeout) throws InterruptedException {
    if (timeout.compareTo(period) < 0) {
      Thread.sleep(timeout);
      return Signal.QUIET;
    }
    Thread.sleep(period);
    return Signal.CHANGED;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
