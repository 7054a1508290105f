package io.linkwright.httpapi.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream on which nothing has come for too long: a machine that has died closes no
 * connection. A thread of its own looks; the reader tells it what it hears.
 */
final class StreamWatchdog implements AutoCloseable {
  private final InputStream watched;
  private final Duration maxSilence;
  private final Thread thread;
  private volatile long heardNanos = System.nanoTime();

  StreamWatchdog(InputStream watched, Duration maxSilence) {
    this.watched = watched;
    this.maxSilence = maxSilence;
    this.thread = Thread.startVirtualThread(this::watch);
  }

  /** Something has come. */
  void heard() {
    heardNanos = System.nanoTime();
  }

  private void watch() {
    try {
      Duration left = maxSilence;
      while (left.isPositive()) {
        Thread.sleep(left);
        left = maxSilence.minusNanos(System.nanoTime() - heardNanos);
      }
      watched.close();
    } catch (InterruptedException closed) {
      // The stream has ended; so does the thread.
    } catch (IOException broken) {
      // The reader hears of it, too.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
