package io.linkwright.domain.graph;

import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What follows from an event: what to tell, and what to write back so that {@link GroupGraph} is
 * right again.
 *
 * @param events to publish, in this order
 * @param components the members whose component changes, with the new one; empty: none any more
 * @param sizes the components whose size changes, with the new one; 0: the component is gone
 * @param componentCount of the group from now on
 */
public record TopologyChange(
    List<TopologyEvent> events,
    Map<EdgeId, OptionalLong> components,
    Map<Long, Long> sizes,
    int componentCount) {

  /** Copies list and maps. */
  public TopologyChange {
    events = List.copyOf(events);
    components = Map.copyOf(components);
    sizes = Map.copyOf(sizes);
  }
}
