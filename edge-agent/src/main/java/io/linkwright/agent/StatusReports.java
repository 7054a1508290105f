package io.linkwright.agent;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which groups have something to report, and what was reported last. Bounded by the groups of the
 * edge. Owned by the agent's serial executor.
 */
final class StatusReports {
  private final Set<GroupId> due = new TreeSet<>();
  private final Map<GroupId, Status> reported = new HashMap<>();

  /** Something may have changed. */
  void changed(GroupId group) {
    due.add(group);
  }

  /** The edge is no member any more. */
  void forget(GroupId group) {
    due.remove(group);
    reported.remove(group);
  }

  /** The server knows nothing yet, or what it knows is to be confirmed: all of it is due. */
  void repeat(Iterable<GroupId> groups) {
    reported.clear();
    groups.forEach(due::add);
  }

  boolean isDue() {
    return !due.isEmpty();
  }

  /** What is due and differs from what was reported last. */
  List<Status> take(Function<GroupId, Status> current) {
    List<Status> reports = new ArrayList<>();
    for (GroupId group : due) {
      Status status = current.apply(group);
      if (!status.equals(reported.put(group, status))) {
        reports.add(status);
      }
    }
    due.clear();
    return reports;
  }
}
