package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.http.Json;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LinkRecord;
import io.linkwright.topology.view.MemberRecord;
import io.linkwright.topology.view.NodeRecord;
import io.linkwright.topology.view.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The whole graph of a group, as a map shows it. */
final class GraphAnswers {
  private GraphAnswers() {}

  /** Nodes, edges, isolated members and components, if the group exists. */
  static Optional<ObjectNode> graph(GroupView view, GroupId id) {
    GroupRecord group = view.group(id);
    if (group.settings().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("revision", group.revision());
    ArrayNode nodes = json.putArray("nodes");
    for (Map.Entry<EdgeId, MemberRecord> member : view.members(id, Page.everything())) {
      ObjectNode node = nodes.addObject();
      node.put("edge", member.getKey().value());
      node.put("name", member.getValue().name());
      MemberJson.addPosition(node, member.getValue());
    }
    ArrayNode edges = json.putArray("edges");
    for (Map.Entry<LinkId, LinkRecord> link : view.links(id, Page.everything())) {
      LinkJson.add(edges.addObject(), link.getKey());
    }
    ArrayNode isolated = json.putArray("isolated");
    GroupAnswers.isolated(view, group, id).forEach(edge -> isolated.add(edge.value()));
    ArrayNode components = json.putArray("components");
    for (List<EdgeId> component : components(view, id)) {
      ArrayNode members = components.addArray();
      component.forEach(edge -> members.add(edge.value()));
    }
    return Optional.of(json);
  }

  /** What holds together by links: two members or more each, the largest first. */
  private static List<List<EdgeId>> components(GroupView view, GroupId id) {
    Map<Long, List<EdgeId>> byLabel = new TreeMap<>();
    for (Map.Entry<EdgeId, NodeRecord> node : view.nodes(id)) {
      node.getValue()
          .component()
          .ifPresent(
              label -> byLabel.computeIfAbsent(label, _ -> new ArrayList<>()).add(node.getKey()));
    }
    return byLabel.values().stream()
        .sorted(Comparator.<List<EdgeId>>comparingInt(List::size).reversed())
        .toList();
  }
}
