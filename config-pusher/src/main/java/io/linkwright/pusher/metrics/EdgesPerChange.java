package io.linkwright.pusher.metrics;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.pusher.store.ConfigRecord;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts for each change of a link how many edges are told of it: {@code
 * linkwright.pusher.edges.notified}, always 2. Counted from the records themselves, whether the
 * edges are connected here, elsewhere or not at all: a record for an edge is what makes any pusher
 * tell it.
 *
 * <p>A change is counted a moment after its first record, so that a third edge would be seen.
 * Changes whose records are split by the start of counting are left out. Thread-safe.
 */
public final class EdgesPerChange {
  /** The records of a change are of one transaction: they come within milliseconds. */
  private static final Duration COUNTED_AFTER = Duration.ofSeconds(2);

  private static final int MAX_CHANGES_OPEN = 50_000;
  private static final int EDGES_OF_LINK = 2;

  private record LinkChange(GroupId group, LinkId link, long revision) {}

  private record Told(Set<EdgeId> edges, long firstAt, boolean nearStart) {}

  private final LinkedHashMap<LinkChange, Told> open = new LinkedHashMap<>();
  private final DistributionSummary edges;
  private boolean counting;
  private long countingSince;

  /** Registers the meter. */
  public EdgesPerChange(MeterRegistry registry) {
    edges =
        DistributionSummary.builder("linkwright.pusher.edges.notified")
            .description("Edges told of a change of a link")
            .baseUnit("edges")
            .serviceLevelObjectives(EDGES_OF_LINK - 1, EDGES_OF_LINK)
            .register(registry);
  }

  /** Records were read that are new, or old ones while the store is restored. */
  public synchronized void read(List<ConfigRecord> records, boolean live, long now) {
    if (!live) {
      counting = false;
      open.clear();
      return;
    }
    if (!counting) {
      counting = true;
      countingSince = now;
    }
    boolean nearStart = now - countingSince < COUNTED_AFTER.toNanos();
    for (ConfigRecord record : records) {
      if (record.key().link().isPresent() && record.revision().isPresent()) {
        LinkChange change =
            new LinkChange(
                record.key().group(), record.key().link().get(), record.revision().getAsLong());
        open.computeIfAbsent(
                change, _ -> new Told(HashSet.newHashSet(EDGES_OF_LINK), now, nearStart))
            .edges()
            .add(record.key().edge());
      }
    }
    while (open.size() > MAX_CHANGES_OPEN) {
      count(open.pollFirstEntry().getValue());
    }
  }

  /** Counts the changes whose time has come. */
  public synchronized void tick(long now) {
    Iterator<Map.Entry<LinkChange, Told>> oldest = open.entrySet().iterator();
    while (oldest.hasNext()) {
      Told told = oldest.next().getValue();
      if (now - told.firstAt() < COUNTED_AFTER.toNanos()) {
        return;
      }
      oldest.remove();
      count(told);
    }
  }

  private void count(Told told) {
    if (!told.nearStart() || told.edges().size() >= EDGES_OF_LINK) {
      edges.record(told.edges().size());
    }
  }
}
