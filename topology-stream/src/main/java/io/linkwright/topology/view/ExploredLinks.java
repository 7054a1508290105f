package io.linkwright.topology.view;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The links that a search has looked at, in both directions. Owned by one thread. */
final class ExploredLinks {
  private final Map<EdgeId, List<EdgeId>> peers = new HashMap<>();

  void add(EdgeId one, EdgeId other) {
    peers.computeIfAbsent(one, _ -> new ArrayList<>()).add(other);
    peers.computeIfAbsent(other, _ -> new ArrayList<>()).add(one);
  }

  /**
   * A path from one member to another over these links.
   *
   * @throws IllegalStateException if there is none
   */
  List<LinkId> path(EdgeId from, EdgeId to) {
    Map<EdgeId, EdgeId> cameFrom = new HashMap<>(Map.of(from, from));
    Deque<EdgeId> frontier = new ArrayDeque<>(List.of(from));
    while (!cameFrom.containsKey(to)) {
      if (frontier.isEmpty()) {
        throw new IllegalStateException("no path from %s to %s was explored".formatted(from, to));
      }
      EdgeId member = frontier.remove();
      for (EdgeId peer : peers.getOrDefault(member, List.of())) {
        if (cameFrom.putIfAbsent(peer, member) == null) {
          frontier.add(peer);
        }
      }
    }
    List<LinkId> path = new ArrayList<>();
    for (EdgeId member = to; !member.equals(from); member = cameFrom.get(member)) {
      path.add(LinkId.between(member, cameFrom.get(member)));
    }
    return path;
  }
}
