package io.linkwright.schemas;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a group or an edge belongs to: murmur2 of the UTF-8 id, as Kafka's own
 * partitioner does it for records with that id as their key. Never changes: a group's history stays
 * in one partition.
 */
public final class Partitioning {
  private Partitioning() {}

  /**
   * The partition of a group on {@code linkwright.events}, {@code linkwright.topology} and {@code
   * linkwright.edge-status}.
   */
  public static int ofGroup(GroupId group, int partitions) {
    return of(group.value(), partitions);
  }

  /** The partition of an edge on {@code linkwright.edge-config}. */
  public static int ofEdge(EdgeId edge, int partitions) {
    return of(edge.value(), partitions);
  }

  private static int of(String id, int partitions) {
    return Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
