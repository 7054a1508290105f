package io.linkwright.cli.network;

import io.linkwright.domain.address.Position;
import java.util.List;
import java.util.Optional;

/**
 * A network as its file tells it: nodes and edges in the file's order, with its parallel edges,
 * self-loops and repeated labels.
 *
 * @param name the graph's own name, if it has one
 */
public record GraphMlNetwork(Optional<String> name, List<Node> nodes, List<Edge> edges) {

  /** Copies the lists. */
  public GraphMlNetwork {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * A node.
   *
   * @param id unique in the file, of any form
   * @param label what people call it; may be empty, may repeat
   * @param position where both coordinates are known and possible
   */
  public record Node(String id, String label, Optional<Position> position) {}

  /** An edge between two nodes of the file, possibly the same, possibly there more than once. */
  public record Edge(String source, String target) {}
}
