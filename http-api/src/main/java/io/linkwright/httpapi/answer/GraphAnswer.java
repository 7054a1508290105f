package io.linkwright.httpapi.answer;

import io.linkwright.domain.id.EdgeId;
import java.util.List;
import java.util.Optional;

/**
 * The whole graph of a group, as a map shows it.
 *
 * @param isolated members without a link, where links are made by hand
 * @param components what holds together by links: two members or more each, the largest first
 */
public record GraphAnswer(
    long revision,
    List<Node> nodes,
    List<LinkName> edges,
    List<EdgeId> isolated,
    List<List<EdgeId>> components) {

  /** Copies the lists. */
  public GraphAnswer {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    isolated = List.copyOf(isolated);
    components = components.stream().map(List::copyOf).toList();
  }

  /** A member and where it stands, in degrees, if that is known. */
  public record Node(
      EdgeId edge, String name, Optional<Double> latitude, Optional<Double> longitude) {}
}
