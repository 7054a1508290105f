package io.linkwright.pusher.delivery;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The topic {@code linkwright.edge-config} and the writer behind it. */
public final class SimulatedLog {
  /** A record; a membership carries the edge's identity, a link nothing but its revision. */
  public record Entry(
      EdgeConfigKey key, long revision, Optional<PublicKey> identity, boolean tombstone) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<GroupId, Long> revisions = new HashMap<>();
  private final Map<EdgeConfigKey, Entry> latest = new HashMap<>();

  public int end() {
    return entries.size();
  }

  public Entry at(int offset) {
    return entries.get(offset);
  }

  boolean has(EdgeConfigKey key) {
    return latest.containsKey(key) && !latest.get(key).tombstone();
  }

  public void member(EdgeId edge, GroupId group, PublicKey identity) {
    EdgeConfigKey key = EdgeConfigKey.ofMembership(edge, group);
    append(new Entry(key, next(group), Optional.of(identity), false));
  }

  /** As the domain does it: the links go first, one revision each, at both ends. */
  public void removeMember(EdgeId edge, GroupId group) {
    List<LinkId> links =
        latest.values().stream()
            .filter(entry -> !entry.tombstone() && entry.key().group().equals(group))
            .flatMap(entry -> entry.key().link().stream())
            .filter(link -> link.joins(edge))
            .distinct()
            .sorted()
            .toList();
    links.forEach(link -> link(group, link, true));
    EdgeConfigKey key = EdgeConfigKey.ofMembership(edge, group);
    append(new Entry(key, next(group), Optional.empty(), true));
  }

  public void link(GroupId group, LinkId link, boolean tombstone) {
    long revision = next(group);
    for (EdgeId edge : link.edges()) {
      EdgeConfigKey key = EdgeConfigKey.ofLink(edge, group, link);
      append(new Entry(key, revision, Optional.empty(), tombstone));
    }
  }

  private long next(GroupId group) {
    return revisions.merge(group, 1L, Long::sum);
  }

  private void append(Entry entry) {
    entries.add(entry);
    latest.put(entry.key(), entry);
  }

  /** What the edge should run in the group: each link with its revision. */
  SortedMap<LinkId, Long> links(EdgeId edge, GroupId group) {
    SortedMap<LinkId, Long> links = new TreeMap<>();
    latest.values().stream()
        .filter(entry -> !entry.tombstone() && entry.key().edge().equals(edge))
        .filter(entry -> entry.key().group().equals(group))
        .forEach(entry -> entry.key().link().ifPresent(link -> links.put(link, entry.revision())));
    return links;
  }

  boolean isMember(EdgeId edge, GroupId group, PublicKey identity) {
    Entry entry = latest.get(EdgeConfigKey.ofMembership(edge, group));
    return entry != null && entry.identity().filter(identity::equals).isPresent();
  }

  /** The highest revision of the edge's records in the group. */
  long revision(EdgeId edge, GroupId group) {
    return entries.stream()
        .filter(entry -> entry.key().edge().equals(edge) && entry.key().group().equals(group))
        .mapToLong(Entry::revision)
        .max()
        .orElse(0);
  }

  /** What the edge should run of what had happened at this revision and has not changed since. */
  Map<LinkId, Optional<Long>> settledAt(EdgeId edge, GroupId group, long revision) {
    Map<LinkId, Optional<Long>> settled = new HashMap<>();
    for (Entry entry : latest.values()) {
      if (entry.key().edge().equals(edge)
          && entry.key().group().equals(group)
          && entry.revision() <= revision) {
        Optional<Long> expected =
            entry.tombstone() ? Optional.empty() : Optional.of(entry.revision());
        entry.key().link().ifPresent(link -> settled.put(link, expected));
      }
    }
    return settled;
  }
}
