package io.linkwright.pusher.connection;

import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.pusher.delivery.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that a session has yet to be told of, one for each key. Thread-safe. All are taken at
 * once, so that a session never hears of a change before an earlier one of the log.
 */
final class Inbox {
  private Map<EdgeConfigKey, Long> revisions = new HashMap<>();

  synchronized void add(List<Change> changes) {
    changes.forEach(change -> revisions.merge(change.key(), change.revision(), Math::max));
  }

  synchronized boolean isEmpty() {
    return revisions.isEmpty();
  }

  List<Change> takeAll() {
    Map<EdgeConfigKey, Long> taken = swap();
    List<Change> changes = new ArrayList<>(taken.size());
    taken.forEach((key, revision) -> changes.add(new Change(key, revision)));
    return changes;
  }

  private synchronized Map<EdgeConfigKey, Long> swap() {
    Map<EdgeConfigKey, Long> taken = revisions;
    revisions = new HashMap<>();
    return taken;
  }
}
