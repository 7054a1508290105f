package io.linkwright.pusher.delivery;

/**
 * What follows when an edge refuses. A message with several items is sent again in halves, so that
 * the one at fault is found and the others get through; an item refused alone is held back until
 * something newer comes or a retry is due. Not thread-safe.
 */
final class NackBackoff {
  /** An edge that refuses this many single items in a row is left alone for the rest. */
  private static final int MAX_IN_A_ROW = 8;

  private final int maxItems;
  private final long firstDelayNanos;
  private final long maxDelayNanos;

  private int itemLimit;
  private int inARow;
  private boolean paused;
  private boolean retryScheduled;
  private long retryAt;
  private long delayNanos;

  NackBackoff(DeliveryLimits limits) {
    maxItems = limits.maxLinksPerConfig();
    firstDelayNanos = limits.firstRetry().toNanos();
    maxDelayNanos = limits.maxRetry().toNanos();
    itemLimit = maxItems;
    delayNanos = firstDelayNanos;
  }

  /** How many items the next message may have. */
  int itemLimit() {
    return itemLimit;
  }

  /** Whether nothing is to be sent for now. */
  boolean isPaused() {
    return paused;
  }

  void accepted() {
    inARow = 0;
    itemLimit = Math.min(maxItems, itemLimit * 2);
  }

  /** Nothing is held back any more: the next trouble starts with the shortest delay. */
  void settled() {
    retryScheduled = false;
    delayNanos = firstDelayNanos;
  }

  /** Several items were refused together. */
  void split(int items) {
    itemLimit = Math.max(1, items / 2);
  }

  /** A single item was refused and is held back. */
  void hold(long now) {
    inARow++;
    paused = inARow >= MAX_IN_A_ROW;
    schedule(now);
  }

  /** What was refused is needed for all that follows. */
  void pause(long now) {
    paused = true;
    schedule(now);
  }

  /** Something newer has come: worth one more attempt. */
  void resume() {
    if (paused) {
      paused = false;
      inARow = MAX_IN_A_ROW - 1;
    }
  }

  boolean isRetryDue(long now) {
    return retryScheduled && now - retryAt >= 0;
  }

  /** What was held back is tried again; the next delay is twice as long. */
  void retry() {
    resume();
    retryScheduled = false;
    delayNanos = Math.min(maxDelayNanos, delayNanos * 2);
  }

  /** Something cannot be sent for now. */
  void later(long now) {
    schedule(now);
  }

  private void schedule(long now) {
    if (!retryScheduled) {
      retryScheduled = true;
      retryAt = now + delayNanos;
    }
  }
}
