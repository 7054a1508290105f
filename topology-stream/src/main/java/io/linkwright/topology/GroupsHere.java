package io.linkwright.topology;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.Partitioning;
import java.util.Optional;

/**
 * What the keys of source records name. Anybody who may write to a topic may write any key to any
 * partition: a key that is not where a group's records belong names nothing.
 *
 * @param partitions of each source topic
 */
record GroupsHere(int partitions) {

  /** An edge in a group. */
  record Subject(GroupId group, EdgeId edge) {}

  /** The group that a key of {@code linkwright.events} names. */
  Optional<GroupId> inPartition(String key, int partition) {
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new GroupId(key))
          .filter(group -> Partitioning.ofGroup(group, partitions) == partition);
    } catch (IllegalArgumentException noSlug) {
      return Optional.empty();
    }
  }

  /** The edge that a key {@code group/edge} of {@code linkwright.edge-status} names. */
  Optional<Subject> edgeInPartition(String key, int partition) {
    int slash = key == null ? -1 : key.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    try {
      EdgeId edge = new EdgeId(key.substring(slash + 1));
      return inPartition(key.substring(0, slash), partition).map(group -> new Subject(group, edge));
    } catch (IllegalArgumentException noSlug) {
      return Optional.empty();
    }
  }
}
