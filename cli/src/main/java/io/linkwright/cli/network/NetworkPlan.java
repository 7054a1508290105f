package io.linkwright.cli.network;

import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members and links a network calls for. A pure function of the file, so the same file always
 * plans the same group.
 *
 * @param members in the file's order
 * @param links each pair once, in order of their ids
 * @param counts what became of the file's nodes and edges
 */
public record NetworkPlan(List<PlannedMember> members, List<LinkId> links, Counts counts) {

  /** Copies the lists. */
  public NetworkPlan {
    members = List.copyOf(members);
    links = List.copyOf(links);
  }

  /**
   * A member to be.
   *
   * @param name the node's label, or its id where there is none, as a group takes it
   */
  public record PlannedMember(EdgeId edge, String name, Optional<Position> position) {}

  /**
   * What became of the file. {@code edges = links + parallelEdges + selfLoops}.
   *
   * @param parallelEdges edges between two nodes that an earlier edge joins already
   * @param selfLoops edges from a node to itself
   * @param isolated nodes that no link joins
   */
  public record Counts(
      int nodes, int edges, int parallelEdges, int selfLoops, int links, int isolated) {}

  /** Plans the group for a network. */
  public static NetworkPlan of(GraphMlNetwork network) {
    Slugs slugs = new Slugs();
    Map<String, EdgeId> edgeOf = new HashMap<>();
    List<PlannedMember> members = new ArrayList<>();
    for (GraphMlNetwork.Node node : network.nodes()) {
      EdgeId edge = slugs.next(node.label(), node.id());
      edgeOf.put(node.id(), edge);
      members.add(new PlannedMember(edge, displayName(node, edge), node.position()));
    }
    Set<LinkId> links = new TreeSet<>();
    int selfLoops = 0;
    for (GraphMlNetwork.Edge edge : network.edges()) {
      if (edge.source().equals(edge.target())) {
        selfLoops++;
      } else {
        links.add(LinkId.between(edgeOf.get(edge.source()), edgeOf.get(edge.target())));
      }
    }
    Set<EdgeId> linked = new HashSet<>();
    links.forEach(link -> linked.addAll(link.edges()));
    int edges = network.edges().size();
    return new NetworkPlan(
        members,
        List.copyOf(links),
        new Counts(
            members.size(),
            edges,
            edges - selfLoops - links.size(),
            selfLoops,
            links.size(),
            members.size() - linked.size()));
  }

  /** A group id for a network of this name; empty if the name has no Latin letter or digit. */
  public static Optional<GroupId> groupId(String networkName) {
    return Optional.of(Slugs.slug(networkName)).filter(slug -> !slug.isEmpty()).map(GroupId::new);
  }

  private static String displayName(GraphMlNetwork.Node node, EdgeId edge) {
    return DisplayNames.of(node.label()).or(() -> DisplayNames.of(node.id())).orElse(edge.value());
  }
}
