package io.linkwright.bench;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times changes until both ends have them. An arrival that nobody expects, as during the warm-up of
 * something else, counts for nothing. Thread-safe.
 *
 * @param <K> names a change
 */
final class BothEnds<K> {
  private static final int ENDS = 2;
  private static final Duration POLL = Duration.ofMillis(5);

  private final ConcurrentMap<K, Waiting> waiting = new ConcurrentHashMap<>();
  private volatile Latencies latencies = new Latencies();

  private record Waiting(long dueNanos, AtomicInteger missing) {}

  /** A change that was due at {@code dueNanos} is on its way; call before it is sent. */
  void expect(K change, long dueNanos) {
    waiting.put(change, new Waiting(dueNanos, new AtomicInteger(ENDS)));
  }

  /** One end has the change now. */
  void arrived(K change) {
    Waiting found = waiting.get(change);
    if (found != null && found.missing().decrementAndGet() == 0) {
      latencies.record(System.nanoTime() - found.dueNanos());
      waiting.remove(change);
    }
  }

  /** Begins a new distribution, and gives the one so far. */
  Latencies restart() {
    Latencies ended = latencies;
    latencies = new Latencies();
    return ended;
  }

  /** Waits until every expected change has arrived; the number of those that have not in time. */
  int awaitAll(Duration timeout) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    while (!waiting.isEmpty() && System.nanoTime() < deadlineNanos) {
      Thread.sleep(POLL);
    }
    return waiting.size();
  }
}
