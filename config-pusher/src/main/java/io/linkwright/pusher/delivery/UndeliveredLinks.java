package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.LinkId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Since which revision an edge lacks a change of a link. Changes merge while they wait, so what an
 * edge acknowledges may cover a revision of a link that it never got: whoever counts on the keys of
 * just that revision has to know. Not thread-safe.
 */
final class UndeliveredLinks {
  /** Of an edge that has just connected, it cannot be told what it has missed. */
  private static final long SOME_REVISION = 1;

  private final Map<LinkId, Long> since = new HashMap<>();
  private final Map<LinkId, Long> sent = new HashMap<>();

  /** The link changed. */
  void changed(LinkId link, long revision) {
    since.putIfAbsent(link, Math.max(SOME_REVISION, revision));
  }

  /** The link differs from what the edge has; what came in between is not known. */
  void differs(LinkId link) {
    since.put(link, SOME_REVISION);
  }

  /** A message with these is on its way. */
  void sent(Collection<PendingLinks.Entry> links) {
    for (PendingLinks.Entry entry : links) {
      Long from = since.remove(entry.link());
      sent.put(entry.link(), from == null ? SOME_REVISION : from);
    }
  }

  void accepted() {
    sent.clear();
  }

  void refused() {
    sent.forEach((link, from) -> since.merge(link, from, Math::min));
    sent.clear();
  }

  /** The links of which a change up to this revision may be missing. */
  List<LinkId> upTo(long revision) {
    return Stream.of(since, sent)
        .flatMap(links -> links.entrySet().stream())
        .filter(link -> link.getValue() <= revision)
        .map(Map.Entry::getKey)
        .toList();
  }
}
