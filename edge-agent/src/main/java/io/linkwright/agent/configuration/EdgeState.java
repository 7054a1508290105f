package io.linkwright.agent.configuration;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that an edge runs. Only {@link #apply} changes it, live and when it is read from disk, and
 * only with a plan that {@link ConfigurationVerifier} made of this very state. Owned by the agent.
 */
public final class EdgeState {
  private final SortedMap<GroupId, HeldGroup> groups = new TreeMap<>();
  private final Map<GroupId, Long> dropped = new LinkedHashMap<>();

  /** The groups the edge is a member of, in the order of their ids; a view. */
  public Collection<HeldGroup> groups() {
    return Collections.unmodifiableCollection(groups.values());
  }

  /** A group the edge is a member of. */
  public Optional<HeldGroup> group(GroupId id) {
    return Optional.ofNullable(groups.get(id));
  }

  /** What the edge tells the server it has. */
  public SortedMap<GroupId, Have> have() {
    SortedMap<GroupId, Have> have = new TreeMap<>();
    groups.forEach((id, group) -> have.put(id, group.have()));
    return have;
  }

  /** The revision that documents of a group that is not held must be above. */
  public long floorOf(GroupId group) {
    return dropped.getOrDefault(group, 0L);
  }

  /**
   * Groups the edge was a member of, with their floors; the last {@link
   * ProtocolLimits#MAX_GROUPS_PER_EDGE}.
   */
  public Map<GroupId, Long> dropped() {
    return Collections.unmodifiableMap(dropped);
  }

  /** Follows the plan. */
  public void apply(Plan plan) {
    switch (plan) {
      case Plan.Change change ->
          groups.computeIfAbsent(change.group(), _ -> joined(change)).apply(change);
      case Plan.Drop drop -> {
        HeldGroup group = groups.remove(drop.group());
        raiseFloor(drop.group(), group.highestRevision());
      }
      case Plan.KeyStep(ChangeOver step) -> groups.get(step.group()).apply(step);
    }
  }

  /** Remembers that documents of a group up to this revision are history. */
  public void raiseFloor(GroupId group, long floor) {
    long raised = Math.max(floor, floorOf(group));
    dropped.remove(group);
    dropped.put(group, raised);
    if (dropped.size() > ProtocolLimits.MAX_GROUPS_PER_EDGE) {
      dropped.remove(dropped.keySet().iterator().next());
    }
  }

  private HeldGroup joined(Plan.Change change) {
    long floor = floorOf(change.group());
    dropped.remove(change.group());
    return new HeldGroup(change.group(), change.membership().orElseThrow(), floor);
  }
}
