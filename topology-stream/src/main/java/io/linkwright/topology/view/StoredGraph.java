package io.linkwright.topology.view;

import io.linkwright.domain.graph.GroupGraph;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A group's graph as it stands in the view, with the group's own record as the event leaves it. */
final class StoredGraph implements GroupGraph {
  private final GroupView view;
  private final GroupId id;
  private final GroupRecord group;
  private final NodeDrafts nodes;
  private final ExploredLinks explored = new ExploredLinks();

  StoredGraph(GroupView view, GroupId id, GroupRecord group, NodeDrafts nodes) {
    this.view = view;
    this.id = id;
    this.group = group;
    this.nodes = nodes;
  }

  @Override
  public Topology topology() {
    return group.settings().orElseThrow().topology();
  }

  @Override
  public long memberCount() {
    return group.members();
  }

  @Override
  public long linkCount() {
    return group.links();
  }

  @Override
  public int componentCount() {
    return group.components();
  }

  @Override
  public OptionalLong componentOf(EdgeId member) {
    return nodes.get(member).component();
  }

  @Override
  public long componentSize(long component) {
    return view.componentSize(id, component);
  }

  @Override
  public Stream<EdgeId> neighbours(EdgeId member) {
    return view.neighbours(id, member).peek(peer -> explored.add(member, peer));
  }

  @Override
  public boolean isIsolated(EdgeId member) {
    return !view.isLinked(id, member);
  }

  @Override
  public Stream<EdgeId> isolatedMembers() {
    return view.unlinked(id).stream();
  }

  /** The links that were looked at so far. */
  ExploredLinks explored() {
    return explored;
  }
}
