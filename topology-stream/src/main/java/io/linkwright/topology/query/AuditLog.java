package io.linkwright.topology.query;

import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.GroupId;
import io.linkwright.topology.view.Change.EventApplied;
import io.linkwright.topology.view.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A group's events, read from the log at the places that the view remembers. */
final class AuditLog {
  private final ViewQueries queries;
  private final EventLog log;

  AuditLog(ViewQueries queries, EventLog log) {
    this.queries = queries;
    this.log = log;
  }

  /**
   * Events of a group with what followed from them.
   *
   * @param revision of the view when it was asked; 0 if the group was never seen
   */
  record Excerpt(long revision, List<EventApplied> events) {}

  /** The events from {@code revision} on, at most {@code limit}. */
  Excerpt from(GroupId group, long revision, int limit) {
    Places places =
        queries.read(
            group,
            view -> new Places(view.group(group).revision(), view.log(group, revision, limit)));
    List<RecordedEvent> events =
        log.read(
            queries.partitionOf(group),
            places.entries().stream().map(entry -> entry.getValue().offset()).toList());
    List<EventApplied> applied = new ArrayList<>(events.size());
    for (int index = 0; index < events.size(); index++) {
      LogEntry entry = places.entries().get(index).getValue();
      applied.add(new EventApplied(events.get(index), entry.consequences()));
    }
    return new Excerpt(places.revision(), applied);
  }

  /**
   * Fails if the group's partition is here no longer.
   *
   * @throws ViewPartitions.ViewNotReadyException if so
   */
  void requireHere(GroupId group) {
    var _ = queries.read(group, view -> view.group(group).revision());
  }

  private record Places(long revision, List<Map.Entry<Long, LogEntry>> entries) {}
}
