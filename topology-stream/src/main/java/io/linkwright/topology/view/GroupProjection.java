package io.linkwright.topology.view;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupDefect;
import io.linkwright.domain.GroupEvent.LinkRemoved;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.TopologyEvent;
import io.linkwright.domain.graph.TopologyChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings events to the records of their groups. A link event reads and writes a handful of records,
 * however large the group. It looks further only where two components join, or a link goes that
 * held its ends together when it was added: then for another path, and {@link
 * io.linkwright.domain.graph.TopologyRules} says how far.
 */
public final class GroupProjection {
  private final GroupTables tables;

  /** Of the groups in one partition. */
  public GroupProjection(GroupTables tables) {
    this.tables = tables;
  }

  /**
   * Applies the group's next event, which the log has at {@code offset}, and says what follows from
   * it. An event that was applied before changes nothing and has no answer: a log is read at least
   * once.
   *
   * @throws DamagedLogException if events are missing before this one, or another one stands at its
   *     revision
   * @throws IllegalStateException if it cannot happen to the group as it is
   */
  public Optional<List<TopologyEvent>> apply(RecordedEvent event, long offset) {
    GroupId id = event.group();
    GroupRecord before = tables.group(id);
    if (event.revision() <= before.revision()) {
      requireRepeated(event);
      return Optional.empty();
    }
    if (GroupDefect.ofRevision(before.revision(), event).isPresent()) {
      throw DamagedLogException.gap(event, before.revision());
    }
    List<TopologyEvent> consequences = apply(before, event);
    tables.putLog(id, event.revision(), LogEntry.of(offset, event.eventId(), consequences));
    return Optional.of(consequences);
  }

  private void requireRepeated(RecordedEvent event) {
    if (tables
        .logEntry(event.group(), event.revision())
        .filter(entry -> entry.isOf(event.eventId()))
        .isEmpty()) {
      throw DamagedLogException.rival(event);
    }
  }

  private List<TopologyEvent> apply(GroupRecord before, RecordedEvent event) {
    GroupId id = event.group();
    NodeDrafts nodes = new NodeDrafts(tables, id);
    EventWrites writes = new EventWrites(tables, nodes, event);
    GroupRecord counted = writes.apply(before);
    StoredGraph graph = new StoredGraph(tables, id, counted, nodes);
    TopologyChange change =
        writes.removedRedundantLink()
            ? EventMeaning.nothing(graph)
            : EventMeaning.of(event, before, graph);
    if (event.payload() instanceof LinkRemoved(LinkId link)
        && !writes.removedRedundantLink()
        && change.components().isEmpty()) {
      keepConnected(id, graph.explored().path(link.edgeA(), link.edgeB()));
    }
    change.components().forEach((edge, component) -> move(id, nodes, edge, component));
    change.sizes().forEach((component, size) -> tables.putComponentSize(id, component, size));
    nodes.write();
    tables.put(id, counted.withComponents(change.componentCount()).at(event.revision()));
    return change.events();
  }

  /** A needed link is gone, but there is another path: from now on its links are needed. */
  private void keepConnected(GroupId id, List<LinkId> path) {
    for (LinkId link : path) {
      LinkRecord known = tables.link(id, link).orElseThrow();
      if (known.redundant()) {
        tables.put(id, link, known.asNeeded());
      }
    }
  }

  /** Whoever is in no component has no link, and is listed as such. */
  private void move(GroupId id, NodeDrafts nodes, EdgeId edge, OptionalLong component) {
    if (component.isEmpty()) {
      tables.listUnlinked(id, edge);
    } else if (nodes.get(edge).component().isEmpty()) {
      tables.unlistUnlinked(id, edge);
    }
    nodes.change(edge, node -> node.in(component));
  }
}
