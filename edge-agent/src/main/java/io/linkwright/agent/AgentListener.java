package io.linkwright.agent;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkProblem;
import java.util.List;

/**
 * Hears what an agent does. Called by the agent while it works, so it must return at once and not
 * throw; calls about one edge come one at a time, calls about different edges at the same time.
 */
public interface AgentListener {

  /** Hears nothing. */
  AgentListener NONE = new AgentListener() {};

  /**
   * A configuration is in effect and on its way to disk; the acknowledgement is sent right after.
   *
   * @param set links that are new or have changed
   * @param removed links that are gone
   */
  record Applied(
      EdgeId edge, GroupId group, long revision, List<LinkId> set, List<LinkId> removed) {
    /** Copies the lists. */
    public Applied {
      set = List.copyOf(set);
      removed = List.copyOf(removed);
    }
  }

  /** The edge has answered the server's challenge. */
  default void connected(EdgeId edge) {}

  /** The connection is gone, or did not come about; the agent tries again by itself. */
  default void disconnected(EdgeId edge, String reason) {}

  /** A configuration is in effect. */
  default void applied(Applied applied) {}

  /** A configuration was refused as a whole. */
  default void refused(EdgeId edge, GroupId group, long revision, String reason) {}

  /**
   * What keeps accepted links of a group from working has changed.
   *
   * @param problems all there are now; empty if there are none any more
   */
  default void troubled(EdgeId edge, GroupId group, List<LinkProblem> problems) {}

  /**
   * The agent has given up and does nothing any more: an error after which nothing in it can be
   * relied on, or no progress. Only a new agent helps. Called once, on any thread, and maybe with
   * hardly any memory left.
   */
  default void broken(EdgeId edge, Throwable cause) {}
}
