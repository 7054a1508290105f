package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.live.Region;
import io.linkwright.console.live.Snapshot;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.httpapi.answer.GraphAnswer;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkAnswer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The graph. Its members and links are elements of the page that nobody sees; the script draws
 * them, and redraws those that a patch replaces. So the graph is kept current as the tables are.
 */
public final class GraphPage extends GroupPage {
  /** The graph of {@code group}. */
  public GraphPage(PageScope scope, String group) {
    super(scope, group);
  }

  @Override
  public String title() {
    return groupId() + " · Graph";
  }

  @Override
  public List<String> scripts() {
    return List.of("cytoscape.js", "layout.js", "graph-style.js", "graph.js");
  }

  @Override
  public Snapshot render() {
    GroupAnswer group = scope().queries().group(groupId());
    GraphAnswer graph = scope().queries().graph(groupId());
    return Snapshot.of(List.of(head(group), nodes(graph), links(graph)));
  }

  private Region.Listing nodes(GraphAnswer graph) {
    Set<EdgeId> isolated = new HashSet<>(graph.isolated());
    return Regions.entries(
        "graph-nodes",
        graph.nodes(),
        node -> ElementIds.node(node.edge()),
        node -> scope().templates().graphNode(node, isolated.contains(node.edge()) ? "yes" : "no"));
  }

  private Region.Listing links(GraphAnswer graph) {
    Map<LinkId, TunnelState> statuses = new HashMap<>();
    for (LinkAnswer link : scope().queries().allLinks(groupId(), Optional.empty())) {
      statuses.put(link.id(), TunnelWords.worst(link));
    }
    return Regions.entries(
        "graph-links",
        graph.edges(),
        edge -> ElementIds.link(edge.id()),
        edge ->
            scope()
                .templates()
                .graphLink(edge, statuses.getOrDefault(edge.id(), TunnelState.UNKNOWN).name()));
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope()
        .templates()
        .graph(
            groupId(),
            Regions.content(snapshot, 0),
            Regions.content(snapshot, 1),
            Regions.content(snapshot, 2));
  }
}
