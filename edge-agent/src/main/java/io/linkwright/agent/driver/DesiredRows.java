package io.linkwright.agent.driver;

import io.linkwright.agent.driver.RunningLinks.Place;
import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.KernelState;
import io.linkwright.agent.driver.kernel.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all links want of the kernel. Links may want the same row, as they do of their interface,
 * but not with different content: the second would take it away from the first, silently. A change
 * costs what the changed links have, however many others there are. Owned by the driver's lock.
 */
final class DesiredRows {
  private final Map<ObjectId, Row> rows = new HashMap<>();
  private final Map<Place, Set<ObjectId>> byLink = new HashMap<>();

  /**
   * A row.
   *
   * @param owners how many links want it
   */
  private record Row(KernelObject object, int owners) {
    Optional<Row> withoutOne() {
      return owners == 1 ? Optional.empty() : Optional.of(new Row(object, owners - 1));
    }

    Row withOneMore() {
      return new Row(object, owners + 1);
    }
  }

  /** What a change of some links comes to. */
  static final class Draft {
    private final Map<Place, SortedMap<ObjectId, KernelObject>> links;
    private final SortedMap<ObjectId, Optional<Row>> touched = new TreeMap<>();
    private final List<String> conflicts = new ArrayList<>();

    private Draft(Map<Place, SortedMap<ObjectId, KernelObject>> links) {
      this.links = links;
    }

    /** The rows that may change. */
    Set<ObjectId> touched() {
      return touched.keySet();
    }

    /** What is to be of them. */
    KernelState state() {
      List<KernelObject> objects = new ArrayList<>();
      touched.values().forEach(row -> row.ifPresent(present -> objects.add(present.object())));
      return KernelState.of(objects);
    }

    /** In words; empty if all links can run side by side. */
    List<String> conflicts() {
      return conflicts;
    }
  }

  /** Changes nothing yet; a link that wants no rows is to go. */
  Draft draft(Map<Place, SortedMap<ObjectId, KernelObject>> links) {
    Draft draft = new Draft(links);
    for (Place link : links.keySet()) {
      for (ObjectId id : byLink.getOrDefault(link, Set.of())) {
        draft.touched.put(id, find(draft, id).flatMap(Row::withoutOne));
      }
    }
    links.forEach((link, wanted) -> wanted.values().forEach(row -> add(draft, link, row)));
    return draft;
  }

  private void add(Draft draft, Place link, KernelObject object) {
    Optional<Row> present = find(draft, object.id());
    if (present.isPresent() && !present.get().object().equals(object)) {
      draft.conflicts.add(
          "%s is wanted by %s and, differently, by %s"
              .formatted(object.id(), link, otherOwner(draft, link, object.id())));
      return;
    }
    draft.touched.put(
        object.id(), Optional.of(present.map(Row::withOneMore).orElse(new Row(object, 1))));
  }

  private Optional<Row> find(Draft draft, ObjectId id) {
    Optional<Row> drafted = draft.touched.get(id);
    return drafted == null ? Optional.ofNullable(rows.get(id)) : drafted;
  }

  private String otherOwner(Draft draft, Place link, ObjectId id) {
    return byLink.entrySet().stream()
        .filter(entry -> !draft.links.containsKey(entry.getKey()))
        .filter(entry -> entry.getValue().contains(id))
        .map(entry -> entry.getKey().toString())
        .findFirst()
        .orElse("another link that comes with " + link);
  }

  /** It has happened. */
  void commit(Draft draft) {
    draft.touched.forEach(
        (id, row) -> row.ifPresentOrElse(now -> rows.put(id, now), () -> rows.remove(id)));
    draft.links.forEach(
        (link, wanted) -> {
          if (wanted.isEmpty()) {
            byLink.remove(link);
          } else {
            byLink.put(link, Set.copyOf(wanted.keySet()));
          }
        });
  }

  /** All of it. */
  KernelState state() {
    return KernelState.of(rows.values().stream().map(Row::object).toList());
  }
}
