package io.linkwright.pusher.connection;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.pusher.delivery.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that a session has yet to be told of, one for each key. Thread-safe. All are taken at
 * once, so that a session never hears of a change before an earlier one of the log. Once closed it
 * takes nothing and is empty.
 */
final class Inbox {
  private Map<EdgeConfigKey, Change> changes = new HashMap<>();
  private boolean closed;

  synchronized void add(List<Change> more) {
    if (!closed) {
      more.forEach(change -> changes.merge(change.key(), change, Change::and));
    }
  }

  synchronized boolean isEmpty() {
    return changes.isEmpty();
  }

  synchronized List<Change> takeAll() {
    List<Change> taken = List.copyOf(changes.values());
    changes = new HashMap<>();
    return taken;
  }

  synchronized void close() {
    closed = true;
    changes = Map.of();
  }
}
