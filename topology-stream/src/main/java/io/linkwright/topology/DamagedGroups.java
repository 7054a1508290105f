package io.linkwright.topology;

import io.linkwright.domain.id.GroupId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The groups that stand still, of the partitions that this instance has. Thread-safe. */
final class DamagedGroups {
  private final ConcurrentMap<Integer, Set<GroupId>> partitions = new ConcurrentHashMap<>();

  DamagedGroups(MeterRegistry registry) {
    Gauge.builder("linkwright.topology.damaged.groups", this, DamagedGroups::count)
        .description("Groups whose log cannot be followed further; they are shown as they stood")
        .register(registry);
  }

  /** A partition has come here, with these groups standing still. */
  void partitionHere(int partition, Collection<GroupId> damaged) {
    Set<GroupId> groups = ConcurrentHashMap.newKeySet();
    groups.addAll(damaged);
    partitions.put(partition, groups);
  }

  void partitionGone(int partition) {
    partitions.remove(partition);
  }

  void damaged(int partition, GroupId group) {
    partitions.computeIfAbsent(partition, _ -> ConcurrentHashMap.newKeySet()).add(group);
  }

  void recovered(int partition, GroupId group) {
    partitions.computeIfAbsent(partition, _ -> ConcurrentHashMap.newKeySet()).remove(group);
  }

  int count() {
    return partitions.values().stream().mapToInt(Set::size).sum();
  }
}
