package io.linkwright.standalone.demo;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Sees which edge applied what, and when, at the edges themselves. Thread-safe. */
final class AppliedChanges {
  private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();

  /** An edge had applied a change of these links at that time. */
  private record Sighting(EdgeId edge, List<LinkId> links, long atNanos) {}

  void applied(EdgeId edge, List<LinkId> links) {
    sightings.add(new Sighting(edge, List.copyOf(links), System.nanoTime()));
  }

  /** Forgets everything so far. */
  void startAfresh() {
    sightings.clear();
  }

  /** The edges that applied anything since. */
  Set<EdgeId> edges() {
    return sightings.stream().map(Sighting::edge).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * When the last of both ends had a change of each of these links; those not yet at both are left
   * out.
   */
  Map<LinkId, Long> atBothEnds(Collection<LinkId> links) {
    Map<LinkId, Map<EdgeId, Long>> ends = new ConcurrentHashMap<>();
    for (Sighting sighting : sightings) {
      for (LinkId link : sighting.links()) {
        ends.computeIfAbsent(link, _ -> new ConcurrentHashMap<>())
            .merge(sighting.edge(), sighting.atNanos(), Math::max);
      }
    }
    return links.stream()
        .filter(link -> ends.getOrDefault(link, Map.of()).size() == 2)
        .collect(
            Collectors.toMap(
                link -> link,
                link ->
                    ends.get(link).values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow()));
  }
}
