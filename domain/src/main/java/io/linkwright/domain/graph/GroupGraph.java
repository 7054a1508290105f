package io.linkwright.domain.graph;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The graph of one group as {@link TopologyRules} reads it: a port over small records, one for the
 * group, one for each member, link end and component. A <em>component</em> is what holds together
 * by links, two members or more; it is named by the revision of the event that made it. A member
 * without links is in none.
 */
public interface GroupGraph extends Adjacency {

  /** The group's topology. */
  Topology topology();

  /** Number of members. */
  long memberCount();

  /** Number of links. */
  long linkCount();

  /** Number of components. */
  int componentCount();

  /** The component that a member was last put in; empty if it is isolated. */
  OptionalLong componentOf(EdgeId member);

  /** Number of members of a component. */
  long componentSize(long component);

  /** All members without a link, each once. Whoever asks closes the stream. */
  Stream<EdgeId> isolatedMembers();
}
