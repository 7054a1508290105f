package io.linkwright.topology;

import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.GroupId;
import io.linkwright.topology.query.EventLog;
import io.linkwright.topology.view.GroupProjection;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes a group of the view back to an earlier revision, from its events on the log. The view has
 * not the key of the log, so it may have followed a forged event. The writer has not: the recovery
 * that it writes takes up the revision before. Used by the stream thread of a task.
 */
final class GroupRollback {
  private final EventLog log;
  private final GroupView view;
  private final GroupProjection projection;
  private final int partition;

  GroupRollback(EventLog log, GroupView view, GroupProjection projection, int partition) {
    this.log = log;
    this.view = view;
    this.projection = projection;
    this.partition = partition;
  }

  /**
   * Prepares the group as it was at a revision, for {@link GroupProjection#write}.
   *
   * @throws EventLog.EventLogUnavailableException if the log does not answer in time
   */
  void prepare(GroupId group, long revision) {
    NavigableMap<Long, Long> recoveries = new TreeMap<>();
    eachUpTo(
        group,
        revision,
        event -> {
          if (event.payload() instanceof GroupRecovered(long lastRevision)) {
            recoveries.put(event.revision(), lastRevision);
          }
        });
    NavigableMap<Long, Long> counted = counted(revision, recoveries);
    projection.prepareAnew(group);
    eachUpTo(
        group,
        revision,
        event -> {
          Map.Entry<Long, Long> range = counted.floorEntry(event.revision());
          if (range != null && event.revision() <= range.getValue()) {
            projection.applyAgain(event);
          }
        });
  }

  /**
   * The revisions that lead to this one, as ranges from first to last: a recovery follows on the
   * revision that it takes up, and what stands between is set aside.
   */
  private static NavigableMap<Long, Long> counted(
      long revision, NavigableMap<Long, Long> recoveries) {
    NavigableMap<Long, Long> ranges = new TreeMap<>();
    long last = revision;
    while (last > 0) {
      Map.Entry<Long, Long> recovery = recoveries.floorEntry(last);
      if (recovery == null) {
        ranges.put(1L, last);
        return ranges;
      }
      ranges.put(recovery.getKey(), last);
      last = recovery.getValue();
    }
    return ranges;
  }

  private void eachUpTo(GroupId group, long revision, Consumer<RecordedEvent> consumer) {
    long next = 1;
    while (next <= revision) {
      List<Map.Entry<Long, LogEntry>> entries =
          view.log(group, next, EventLog.MAX_EVENTS).stream()
              .filter(entry -> entry.getKey() <= revision)
              .toList();
      if (entries.isEmpty()) {
        return;
      }
      log.read(partition, entries.stream().map(entry -> entry.getValue().offset()).toList())
          .forEach(consumer);
      next = entries.getLast().getKey() + 1;
    }
  }
}
