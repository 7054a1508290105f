package io.linkwright.cli.applying;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What makes a group what a file says.
 *
 * @param plannedOn the group's revision that it starts from; of a group that is not there, that of
 *     its deletion, or 0
 * @param steps in the order in which they are done
 * @param affectedEdges who gets configuration now, as links come, go or get new keys
 * @param awaitingEdges who gets none of it before an enrollment
 */
public record GroupPlan(
    GroupId group,
    long plannedOn,
    List<Step> steps,
    SortedSet<EdgeId> affectedEdges,
    SortedSet<EdgeId> awaitingEdges) {
  /** Copies the collections. */
  public GroupPlan {
    steps = List.copyOf(steps);
    affectedEdges = Collections.unmodifiableSortedSet(new TreeSet<>(affectedEdges));
    awaitingEdges = Collections.unmodifiableSortedSet(new TreeSet<>(awaitingEdges));
  }

  /** Whether the group is what the file says. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The steps of one kind. */
  public <S extends Step> Stream<S> steps(Class<S> kind) {
    return steps.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Whether {@code later} does nothing that is not done here: whoever saw this saw that. */
  boolean covers(GroupPlan later) {
    Set<Step> shown = new HashSet<>(steps);
    return later.steps.stream().allMatch(step -> shown.contains(step) || isSmallerRemoval(step));
  }

  /** Of a member with fewer links than were shown: its peers have gone, too. */
  private boolean isSmallerRemoval(Step step) {
    return step instanceof Step.RemoveMember(EdgeId edge, int links)
        && steps(Step.RemoveMember.class)
            .anyMatch(shown -> shown.edge().equals(edge) && shown.links() >= links);
  }
}
