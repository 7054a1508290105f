package io.linkwright.domain.graph;

import io.linkwright.domain.id.EdgeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A breadth-first search that goes on by one link at a time. Holds at most one stream of the store
 * open; owned by one thread.
 */
final class Search implements AutoCloseable {
  private final Adjacency links;
  private final Set<EdgeId> reached = new HashSet<>();
  private final Deque<EdgeId> unexpanded = new ArrayDeque<>();
  private Stream<EdgeId> expanding = Stream.empty();
  private Iterator<EdgeId> neighbours = expanding.iterator();
  private EdgeId latest;

  Search(Adjacency links, EdgeId start) {
    this.links = links;
    this.latest = start;
    reached.add(start);
    unexpanded.add(start);
  }

  /** Looks at one more link; false if there is none, and the search has reached all it can. */
  boolean advance() {
    while (!neighbours.hasNext()) {
      if (unexpanded.isEmpty()) {
        return false;
      }
      expanding.close();
      expanding = links.neighbours(unexpanded.remove());
      neighbours = expanding.iterator();
    }
    latest = neighbours.next();
    if (reached.add(latest)) {
      unexpanded.add(latest);
    }
    return true;
  }

  /** Whether the link looked at last leads to a member that the other search has reached. */
  boolean hasMet(Search other) {
    return other.reached.contains(latest);
  }

  Set<EdgeId> reached() {
    return reached;
  }

  @Override
  public void close() {
    expanding.close();
  }
}
