package io.linkwright.agent.tunnel;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelStatus;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes tunnels of configuration. The agent calls it from one thread at a time; {@code
 * stateChanged} may be called from any.
 */
public interface TunnelDriver extends AutoCloseable {

  /**
   * Begins. Called once, before anything else.
   *
   * @param stateChanged to be told of a group in which a tunnel went up or down; returns at once
   */
  void start(Consumer<GroupId> stateChanged);

  /**
   * Applies a plan as a whole or not at all, and never throws for what the system underneath
   * refuses. Whether packets get through is found out afterwards.
   */
  ApplyResult apply(TunnelPlan plan);

  /** The state of each tunnel of the group that the driver runs. */
  List<TunnelStatus> states(GroupId group);

  /**
   * What keeps links of the group that the driver has accepted from working, as far as it knows;
   * {@code stateChanged} is called when that changes. A driver that looks for nobody has none.
   */
  default List<LinkProblem> problems(GroupId group) {
    return List.of();
  }

  /**
   * The links whose newest keys must not be gone on with; {@code stateChanged} is called when there
   * is one more. A driver whose keys cannot wear out has none.
   */
  default List<WornKeys> wornKeys(GroupId group) {
    return List.of();
  }

  /** Stops reporting and lets go of what the process holds. */
  @Override
  void close();
}
