package io.linkwright.agent.configuration;

import io.linkwright.domain.id.LinkId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Revisions of documents that this edge has had and has not any more, so that a recorded one cannot
 * bring a removed peer back. Keeps the last {@link #MAX_LINKS} by revision; of older ones the
 * highest revision only, which then counts for every link that is not held. Owned by the agent.
 */
public final class RemovedLinks {
  /** Links remembered one by one. */
  public static final int MAX_LINKS = 20_000;

  private final Map<LinkId, Long> revisions = new HashMap<>();
  private final TreeSet<Removed> byRevision =
      new TreeSet<>(Comparator.comparingLong(Removed::revision).thenComparing(Removed::link));
  private long floor;

  private record Removed(long revision, LinkId link) {}

  /** The revision that a document of this link must be above. */
  public long floorOf(LinkId link) {
    return Math.max(floor, Optional.ofNullable(revisions.get(link)).orElse(0L));
  }

  /** What counts for every link. */
  public long floor() {
    return floor;
  }

  /** Makes a revision count for every link. */
  public void raiseFloor(long revision) {
    floor = Math.max(floor, revision);
  }

  /** What is remembered link by link. */
  public Map<LinkId, Long> revisions() {
    return Collections.unmodifiableMap(revisions);
  }

  /** The link was held at this revision. */
  public void add(LinkId link, long revision) {
    forget(link);
    revisions.put(link, revision);
    byRevision.add(new Removed(revision, link));
    if (revisions.size() > MAX_LINKS) {
      Removed oldest = byRevision.getFirst();
      raiseFloor(oldest.revision());
      forget(oldest.link());
    }
  }

  /** The link is held again, at a higher revision. */
  public void forget(LinkId link) {
    Long revision = revisions.remove(link);
    if (revision != null) {
      byRevision.remove(new Removed(revision, link));
    }
  }
}
