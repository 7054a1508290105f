package io.linkwright.topology.view;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The nodes that one event touches: each read once and written once, however much changes. */
final class NodeDrafts {
  private final GroupTables tables;
  private final GroupId group;
  private final Map<EdgeId, NodeRecord> read = new HashMap<>();
  private final Map<EdgeId, NodeRecord> changed = new HashMap<>();

  NodeDrafts(GroupTables tables, GroupId group) {
    this.tables = tables;
    this.group = group;
  }

  NodeRecord get(EdgeId edge) {
    NodeRecord draft = changed.get(edge);
    return draft != null ? draft : read.computeIfAbsent(edge, id -> tables.node(group, id));
  }

  void put(EdgeId edge, NodeRecord node) {
    changed.put(edge, node);
  }

  void change(EdgeId edge, UnaryOperator<NodeRecord> change) {
    changed.put(edge, change.apply(get(edge)));
  }

  void write() {
    changed.forEach((edge, node) -> tables.put(group, edge, node));
  }
}
