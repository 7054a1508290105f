package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.LinkId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The links an edge has yet to hear of: only which, never what, so that it is bounded by the number
 * of links and a newer change replaces an older one. In ascending order of revision, as the
 * protocol wants them sent. Not thread-safe.
 */
final class PendingLinks {
  /** A link and the revision of its change; 0 if that is not known. */
  record Entry(LinkId link, long revision) {}

  private final Map<LinkId, Long> revisions = new HashMap<>();
  private final TreeSet<Entry> ascending =
      new TreeSet<>(Comparator.comparingLong(Entry::revision).thenComparing(Entry::link));

  /** Adds a link, or moves it to a higher revision. */
  void add(LinkId link, long revision) {
    Long previous = revisions.get(link);
    if (previous != null) {
      if (previous >= revision) {
        return;
      }
      ascending.remove(new Entry(link, previous));
    }
    revisions.put(link, revision);
    ascending.add(new Entry(link, revision));
  }

  void remove(LinkId link) {
    Long revision = revisions.remove(link);
    if (revision != null) {
      ascending.remove(new Entry(link, revision));
    }
  }

  void clear() {
    revisions.clear();
    ascending.clear();
  }

  boolean contains(LinkId link) {
    return revisions.containsKey(link);
  }

  boolean isEmpty() {
    return ascending.isEmpty();
  }

  /** Whether there is a link whose revision is at most this. */
  boolean hasUpTo(long revision) {
    return !ascending.isEmpty() && ascending.first().revision() <= revision;
  }

  /** The first links whose revisions are at most this, at most {@code max} of them. */
  List<Entry> firstUpTo(long revision, int max) {
    return ascending.stream().takeWhile(entry -> entry.revision() <= revision).limit(max).toList();
  }
}
