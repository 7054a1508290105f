package io.linkwright.topology.view;

import io.linkwright.domain.id.GroupId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells who watches a group what changes in it, as soon as the view shows it. What is told may be
 * told again after a fault, with the same revisions. A group that nobody watches costs a look-up.
 */
public final class ChangeFeed {
  /** Streams of changes and waits for a revision, over all groups. More wait than stream. */
  public static final int MAX_WATCHERS = 10_000;

  private final ConcurrentMap<GroupId, CopyOnWriteArrayList<Watcher>> watchers =
      new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Told on the stream thread, so it never blocks. */
  public interface Watcher {
    /** Something changed. */
    void changed(Change change);
  }

  /** Ends what {@link #watch} began. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Too many watch already. */
  public static final class TooManyWatchersException extends RuntimeException {
    TooManyWatchersException() {
      super("%d watch already".formatted(MAX_WATCHERS), null, false, false);
    }
  }

  /** Begins to tell {@code watcher}. */
  public Watch watch(GroupId group, Watcher watcher) {
    if (count.incrementAndGet() > MAX_WATCHERS) {
      count.decrementAndGet();
      throw new TooManyWatchersException();
    }
    watchers.compute(
        group,
        (_, present) -> {
          CopyOnWriteArrayList<Watcher> list =
              present == null ? new CopyOnWriteArrayList<>() : present;
          list.add(watcher);
          return list;
        });
    return () -> end(group, watcher);
  }

  /** Tells who watches the group. */
  public void publish(GroupId group, Change change) {
    CopyOnWriteArrayList<Watcher> watching = watchers.get(group);
    if (watching != null) {
      watching.forEach(watcher -> watcher.changed(change));
    }
  }

  /** Number of watches that have not ended. */
  public int watching() {
    return count.get();
  }

  private void end(GroupId group, Watcher watcher) {
    watchers.computeIfPresent(
        group,
        (_, list) -> {
          if (list.remove(watcher)) {
            count.decrementAndGet();
          }
          return list.isEmpty() ? null : list;
        });
  }
}
