package io.linkwright.topology;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.topology.GroupsHere.Subject;
import io.linkwright.topology.view.StatusRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the edges that were connected and have not been heard of for too long: nobody writes a
 * record when a pusher dies with all its connections. Knows no more edges than the view has rows
 * of, but for those that went within the last minute. Owned by the stream thread of a task.
 */
final class SilentEdges {
  private final Map<Subject, Instant> heardAt = new HashMap<>();
  private final Set<Subject> silent = new HashSet<>();

  /** Answers whether the edge had been found silent before. */
  boolean heard(EdgeStatus status) {
    Subject subject = new Subject(status.group(), status.edge());
    if (status.connected()) {
      heardAt.put(subject, status.reportedAt());
    } else {
      heardAt.remove(subject);
    }
    return silent.remove(subject);
  }

  void forget(Subject subject) {
    heardAt.remove(subject);
    silent.remove(subject);
  }

  /** The edges that have fallen silent since this was last asked. */
  List<Subject> fallenSilent(Instant now) {
    List<Subject> fallen = new ArrayList<>();
    heardAt.forEach(
        (subject, at) -> {
          if (!at.plus(StatusRecord.HEARD_WITHIN).isAfter(now)) {
            fallen.add(subject);
          }
        });
    for (Subject subject : fallen) {
      heardAt.remove(subject);
      silent.add(subject);
    }
    return fallen;
  }
}
