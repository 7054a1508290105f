package io.linkwright.topology.query;

import io.linkwright.topology.view.Change;
import io.linkwright.topology.view.ChangeFeed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a client has yet to be sent. The stream thread fills it and never waits: a client that lets
 * it overflow is cut off. The request's thread empties it.
 */
final class ChangeBuffer implements ChangeFeed.Watcher {
  /** A second or so of a busy group. */
  static final int MAX_CHANGES = 4_096;

  private final BlockingQueue<Optional<Change>> changes = new ArrayBlockingQueue<>(MAX_CHANGES);
  private volatile boolean ended;

  @Override
  public void changed(Change change) {
    if (!changes.offer(Optional.of(change))) {
      end();
    }
  }

  /** The next change; nothing if there is none within {@code timeout}, or the stream is to end. */
  Optional<Change> next(Duration timeout) throws InterruptedException {
    Optional<Change> next = changes.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return next == null ? Optional.empty() : next;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Gives up what is left, and wakes who waits. */
  void end() {
    ended = true;
    changes.clear();
    // Refused only if a change came first, which wakes as well.
    var _ = changes.offer(Optional.empty());
  }
}
