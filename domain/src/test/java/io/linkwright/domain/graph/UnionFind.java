package io.linkwright.domain.graph;

import io.linkwright.domain.id.EdgeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Connected components the slow, sure way: from all links anew. */
final class UnionFind {
  private final Map<EdgeId, EdgeId> parents = new HashMap<>();

  UnionFind(Collection<EdgeId> members, Adjacency links) {
    members.forEach(member -> parents.put(member, member));
    for (EdgeId member : members) {
      try (Stream<EdgeId> neighbours = links.neighbours(member)) {
        neighbours.forEach(other -> parents.put(root(member), root(other)));
      }
    }
  }

  boolean joined(EdgeId one, EdgeId other) {
    return root(one).equals(root(other));
  }

  /** All that hangs together with a member, itself among it. */
  Set<EdgeId> componentOf(EdgeId member) {
    Set<EdgeId> component = new HashSet<>(parents.keySet());
    component.removeIf(other -> !joined(member, other));
    return component;
  }

  /** The components of two members or more. */
  Set<Set<EdgeId>> parts() {
    Set<Set<EdgeId>> parts = new HashSet<>();
    parents.keySet().forEach(member -> parts.add(componentOf(member)));
    parts.removeIf(part -> part.size() < 2);
    return parts;
  }

  private EdgeId root(EdgeId member) {
    EdgeId root = member;
    while (!parents.get(root).equals(root)) {
      root = parents.get(root);
    }
    return root;
  }
}
