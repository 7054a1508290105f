package io.linkwright.domain.graph;

import io.linkwright.domain.graph.Connectivity.Reach;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an event means for a group's graph. Pure: each function reads a graph in which members,
 * links, counts and topology are already those <em>after</em> the event and components still those
 * before it, and says what to publish and what to write back about components. How to use it, for
 * each event of a group:
 *
 * <ol>
 *   <li>write the member or link to the stores, and the counts;
 *   <li>call the function of the event's name, with the event's revision where it is asked for;
 *   <li>write {@link TopologyChange#components()}, {@link TopologyChange#sizes()} and {@link
 *       TopologyChange#componentCount()} back, publish {@link TopologyChange#events()}.
 * </ol>
 *
 * <p>GroupCreated, MemberChanged, LinkChanged and GroupDeleted change nothing here. Isolation and
 * completeness are told of partial meshes only, because elsewhere nobody could act on them; splits
 * and joins are told of every topology.
 *
 * <p>Cost: a link added to isolated members or inside a component takes a fixed number of reads;
 * one that joins two components, the links of the smaller in members; a link removed, that of
 * {@link Connectivity#between}.
 */
public final class TopologyRules {
  private static final long MIN_MESH_MEMBERS = 3;

  private TopologyRules() {}

  /** A member was added; its links, if any, come as events of their own. */
  public static TopologyChange memberAdded(GroupGraph graph, EdgeId member) {
    ComponentDraft draft = new ComponentDraft(graph);
    if (isPartialMesh(graph)) {
      draft.tell(new MemberIsolated(member));
    }
    return draft.change();
  }

  /** A member was removed; its links were removed by events before. */
  public static TopologyChange memberRemoved(GroupGraph graph) {
    ComponentDraft draft = new ComponentDraft(graph);
    tellIfMeshComplete(graph, draft);
    return draft.change();
  }

  /**
   * A link was added.
   *
   * @param revision of the event; names the component if this makes a new one
   */
  public static TopologyChange linkAdded(GroupGraph graph, LinkId link, long revision) {
    ComponentDraft draft = new ComponentDraft(graph);
    OptionalLong ofA = graph.componentOf(link.edgeA());
    OptionalLong ofB = graph.componentOf(link.edgeB());
    tellConnected(graph, draft, link.edgeA(), ofA);
    tellConnected(graph, draft, link.edgeB(), ofB);
    if (ofA.isEmpty() && ofB.isEmpty()) {
      draft.move(link.edges(), revision);
    } else if (ofA.isEmpty()) {
      draft.move(List.of(link.edgeA()), ofB.getAsLong());
    } else if (ofB.isEmpty()) {
      draft.move(List.of(link.edgeB()), ofA.getAsLong());
    } else if (ofA.getAsLong() != ofB.getAsLong()) {
      join(graph, draft, link);
      draft.tell(new GroupJoined(link, draft.componentCount()));
    }
    tellIfMeshComplete(graph, draft);
    return draft.change();
  }

  /**
   * A link was removed.
   *
   * @param revision of the event; names the component that splits off, if one does
   */
  public static TopologyChange linkRemoved(GroupGraph graph, LinkId link, long revision) {
    ComponentDraft draft = new ComponentDraft(graph);
    List<EdgeId> isolated = link.edges().stream().filter(graph::isIsolated).toList();
    for (EdgeId member : isolated) {
      draft.isolate(member);
      if (isPartialMesh(graph)) {
        draft.tell(new MemberIsolated(member));
      }
    }
    if (isolated.isEmpty()
        && Connectivity.between(graph, link.edgeA(), link.edgeB())
            instanceof Reach.Separated(Set<EdgeId> side)) {
      draft.move(side, revision);
      draft.tell(new GroupSplit(link, draft.componentCount()));
    }
    return draft.change();
  }

  /**
   * The group's settings were changed; what links that takes come as events of their own.
   *
   * <p>Whoever was told to be isolated is told to be connected, so that the two always alternate:
   * from here on the topology links every member, in this command as soon as there is another one,
   * and those links are told of nobody.
   */
  public static TopologyChange groupChanged(GroupGraph graph, Topology before) {
    ComponentDraft draft = new ComponentDraft(graph);
    boolean wasPartialMesh = before == Topology.PARTIAL_MESH;
    if (isPartialMesh(graph) && !wasPartialMesh) {
      tellOfUnlinked(graph, draft, MemberIsolated::new);
      tellIfMeshComplete(graph, draft);
    } else if (wasPartialMesh && !isPartialMesh(graph)) {
      tellOfUnlinked(graph, draft, MemberConnected::new);
    }
    return draft.change();
  }

  private static void tellOfUnlinked(
      GroupGraph graph, ComponentDraft draft, Function<EdgeId, TopologyEvent> event) {
    try (Stream<EdgeId> unlinked = graph.isolatedMembers()) {
      unlinked.forEach(member -> draft.tell(event.apply(member)));
    }
  }

  /** The smaller of two components becomes part of the larger. */
  private static void join(GroupGraph graph, ComponentDraft draft, LinkId link) {
    long ofA = graph.componentOf(link.edgeA()).getAsLong();
    long ofB = graph.componentOf(link.edgeB()).getAsLong();
    boolean smallerIsA = graph.componentSize(ofA) < graph.componentSize(ofB);
    EdgeId end = smallerIsA ? link.edgeA() : link.edgeB();
    Set<EdgeId> smaller = Connectivity.component(without(graph, link), end);
    draft.move(smaller, smallerIsA ? ofB : ofA);
  }

  /** The links as they were before this one. */
  private static Adjacency without(Adjacency links, LinkId link) {
    return member ->
        link.joins(member)
            ? links.neighbours(member).filter(other -> !other.equals(link.peerOf(member)))
            : links.neighbours(member);
  }

  private static void tellConnected(
      GroupGraph graph, ComponentDraft draft, EdgeId member, OptionalLong componentBefore) {
    if (componentBefore.isEmpty() && isPartialMesh(graph)) {
      draft.tell(new MemberConnected(member));
    }
  }

  private static void tellIfMeshComplete(GroupGraph graph, ComponentDraft draft) {
    long members = graph.memberCount();
    boolean complete = graph.linkCount() == members * (members - 1) / 2;
    if (isPartialMesh(graph) && members >= MIN_MESH_MEMBERS && complete) {
      draft.tell(new MeshComplete(members, graph.linkCount()));
    }
  }

  private static boolean isPartialMesh(GroupGraph graph) {
    return graph.topology() == Topology.PARTIAL_MESH;
  }
}
