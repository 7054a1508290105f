package io.linkwright.pusher.pulse;

import io.linkwright.http.Liveness;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does the same again and again, also after it failed once. */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(6);

  private final String name;
  private final Duration interval;
  private final Runnable beat;
  private final StoppableThread thread;

  private Pulse(String name, Duration interval, Runnable beat) {
    this.name = name;
    this.interval = interval;
    this.beat = beat;
    this.thread = new StoppableThread(name, STOP_TIMEOUT, this::run);
  }

  /** Beats for the first time after one interval. */
  public static Pulse start(String name, Duration interval, Runnable beat) {
    Pulse pulse = new Pulse(name, interval, beat);
    pulse.thread.start();
    return pulse;
  }

  private void run() {
    while (!thread.isStoppingWithin(interval)) {
      beatOnce();
    }
  }

  private void beatOnce() {
    try {
      beat.run();
    } catch (RuntimeException failed) {
      LOG.error("pulse failed name={}", name, failed);
    }
  }

  /** Dead if the thread has ended, or a beat does not. */
  public Liveness liveness() {
    return thread.liveness();
  }

  /** Waits for the beat under way, at most 6 s. */
  @Override
  public void close() {
    thread.close();
  }
}
