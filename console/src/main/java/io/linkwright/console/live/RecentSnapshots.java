package io.linkwright.console.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What browsers were shown lately, so that one that comes, or comes back after a broken connection,
 * is sent only what changed since. Thread-safe.
 */
public final class RecentSnapshots {
  /** A page of a table has some 50,000 characters, the graph of a large group some millions. */
  static final int MAX_SNAPSHOTS = 128;

  /** Of all that are kept, so that large graphs leave room for the rest of the process. */
  static final long MAX_CHARACTERS = 32_000_000;

  private final Map<String, Snapshot> byDigest = new LinkedHashMap<>();
  private long characters;

  /** Keeps a snapshot as the newest, and forgets the oldest while there is too much. */
  public synchronized void remember(Snapshot snapshot) {
    forget(snapshot.digest());
    byDigest.put(snapshot.digest(), snapshot);
    characters += snapshot.length();
    while (byDigest.size() > MAX_SNAPSHOTS || characters > MAX_CHARACTERS) {
      forget(byDigest.keySet().iterator().next());
    }
  }

  synchronized Optional<Snapshot> find(String digest) {
    return Optional.ofNullable(byDigest.get(digest));
  }

  private void forget(String digest) {
    Snapshot forgotten = byDigest.remove(digest);
    if (forgotten != null) {
      characters -= forgotten.length();
    }
  }
}
