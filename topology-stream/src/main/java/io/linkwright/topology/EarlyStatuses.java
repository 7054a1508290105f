package io.linkwright.topology;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.topology.GroupsHere.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What was heard of edges that are no members, as far as this view knows: the event that makes one
 * a member stands on another topic, and may be read a little later. Kept for a short time and for a
 * bounded number of edges. Owned by the stream thread of a task.
 */
final class EarlyStatuses {
  /** How long the event may take. */
  static final Duration KEPT_FOR = Duration.ofSeconds(60);

  /** Edges kept at once; the one that has waited longest goes first. */
  static final int MAX_EDGES = 1_000;

  /** A status that waits, and where it stands. */
  record Early(EdgeStatus status, RecordMetadata place, Instant since) {}

  private final LinkedHashMap<Subject, Early> waiting = new LinkedHashMap<>();

  void keep(Subject subject, EdgeStatus status, RecordMetadata place, Instant now) {
    waiting.remove(subject);
    waiting.put(subject, new Early(status, place, now));
    if (waiting.size() > MAX_EDGES) {
      waiting.pollFirstEntry();
    }
  }

  void forget(Subject subject) {
    waiting.remove(subject);
  }

  /**
   * Takes out those whose edges are members by now, and forgets those that have waited too long.
   */
  List<Early> take(Predicate<Subject> isMember, Instant now) {
    List<Early> taken = new ArrayList<>();
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              if (isMember.test(entry.getKey())) {
                taken.add(entry.getValue());
                return true;
              }
              return !entry.getValue().since().plus(KEPT_FOR).isAfter(now);
            });
    return taken;
  }

  int size() {
    return waiting.size();
  }
}
