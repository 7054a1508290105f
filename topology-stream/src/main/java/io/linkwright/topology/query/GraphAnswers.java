package io.linkwright.topology.query;

import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.answer.GraphAnswer;
import io.linkwright.httpapi.answer.LinkName;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
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
  static Optional<GraphAnswer> graph(GroupView view, GroupId id) {
    GroupRecord group = view.group(id);
    if (group.settings().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GraphAnswer(
            group.revision(),
            view.members(id, Page.everything()).stream()
                .map(member -> node(member.getKey(), member.getValue()))
                .toList(),
            view.links(id, Page.everything()).stream()
                .map(link -> LinkName.of(link.getKey()))
                .toList(),
            GroupAnswers.isolated(view, group, id),
            components(view, id)));
  }

  private static GraphAnswer.Node node(EdgeId edge, MemberRecord member) {
    return new GraphAnswer.Node(
        edge,
        member.name(),
        member.position().map(Position::latitude),
        member.position().map(Position::longitude));
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
