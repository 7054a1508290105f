package io.linkwright.domain.graph;

import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Collects a {@link TopologyChange} on top of a graph. Owned by one thread. */
final class ComponentDraft {
  private final GroupGraph graph;
  private final List<TopologyEvent> events = new ArrayList<>();
  private final Map<EdgeId, OptionalLong> components = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private int componentCount;

  ComponentDraft(GroupGraph graph) {
    this.graph = graph;
    this.componentCount = graph.componentCount();
  }

  void tell(TopologyEvent event) {
    events.add(event);
  }

  /** Moves members into a component, which may be new. */
  void move(Collection<EdgeId> members, long component) {
    for (EdgeId member : members) {
      leave(member);
      components.put(member, OptionalLong.of(component));
    }
    resize(component, size(component) + members.size());
  }

  /** Takes a member, now isolated, out of its component. */
  void isolate(EdgeId member) {
    leave(member);
    components.put(member, OptionalLong.empty());
  }

  int componentCount() {
    return componentCount;
  }

  TopologyChange change() {
    return new TopologyChange(events, components, sizes, componentCount);
  }

  private void leave(EdgeId member) {
    OptionalLong component = components.getOrDefault(member, graph.componentOf(member));
    component.ifPresent(left -> resize(left, size(left) - 1));
  }

  private long size(long component) {
    return sizes.containsKey(component) ? sizes.get(component) : graph.componentSize(component);
  }

  private void resize(long component, long size) {
    long before = size(component);
    if (before == 0 && size > 0) {
      componentCount++;
    } else if (before > 0 && size == 0) {
      componentCount--;
    }
    sizes.put(component, size);
  }
}
