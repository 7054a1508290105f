package io.linkwright.console.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What browsers were shown lately, so that one that comes, or comes back after a broken connection,
 * is sent only what changed since. Thread-safe.
 */
public final class RecentSnapshots {
  /** Some 50 kB each at most. */
  static final int MAX_SNAPSHOTS = 128;

  private final Map<String, Snapshot> byDigest = new LinkedHashMap<>();

  /** Keeps a snapshot as the newest, and forgets the oldest if there are too many. */
  public synchronized void remember(Snapshot snapshot) {
    byDigest.remove(snapshot.digest());
    byDigest.put(snapshot.digest(), snapshot);
    if (byDigest.size() > MAX_SNAPSHOTS) {
      byDigest.remove(byDigest.keySet().iterator().next());
    }
  }

  synchronized Optional<Snapshot> find(String digest) {
    return Optional.ofNullable(byDigest.get(digest));
  }
}
