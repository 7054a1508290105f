package io.linkwright.cli.group;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A group as it is at one revision. Immutable. */
public record GroupSnapshot(
    GroupId id,
    long revision,
    Properties<GroupField> settings,
    SortedMap<EdgeId, MemberPicture> members,
    SortedSet<LinkId> links) {
  /** Copies the collections. */
  public GroupSnapshot {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
  }

  /** How its links come about. */
  public Topology topology() {
    return Topology.parse(settings.text(GroupField.TOPOLOGY).orElseThrow());
  }

  /** Members without a link, where links are made by hand. */
  public SortedSet<EdgeId> isolated() {
    if (topology().isAutomatic()) {
      return Collections.emptySortedSet();
    }
    Set<EdgeId> linked = new HashSet<>();
    links.forEach(link -> linked.addAll(link.edges()));
    SortedSet<EdgeId> isolated = new TreeSet<>(members.keySet());
    isolated.removeAll(linked);
    return isolated;
  }
}
