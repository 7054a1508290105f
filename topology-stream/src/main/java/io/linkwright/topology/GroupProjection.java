package io.linkwright.topology;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.TopologyEvent;
import io.linkwright.domain.graph.TopologyChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings events to the records of their groups. A link event reads and writes a handful of records,
 * however large the group; only where components join, or a search for another path is needed, it
 * looks further ({@link io.linkwright.domain.graph.TopologyRules} says how far).
 */
final class GroupProjection {
  private final GroupTables tables;

  GroupProjection(GroupTables tables) {
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
  Optional<List<TopologyEvent>> apply(RecordedEvent event, long offset) {
    GroupId id = event.group();
    GroupRecord before = tables.group(id);
    if (event.revision() <= before.revision()) {
      requireRepeated(event);
      return Optional.empty();
    }
    if (event.revision() != before.revision() + 1) {
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
    GroupRecord counted = new EventWrites(tables, nodes, event).apply(before);
    TopologyChange change =
        EventMeaning.of(event, before, new StoredGraph(tables, id, counted, nodes));
    change.components().forEach((edge, component) -> move(id, nodes, edge, component));
    change.sizes().forEach((component, size) -> tables.putComponentSize(id, component, size));
    nodes.write();
    tables.put(id, counted.withComponents(change.componentCount()).at(event.revision()));
    return change.events();
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
