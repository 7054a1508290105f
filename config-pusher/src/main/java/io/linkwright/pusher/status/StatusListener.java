package io.linkwright.pusher.status;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;

/**
 * Hears what the order of {@code linkwright.edge-status} says of connections, whichever pusher has
 * them. Called by the feed's thread: must not block.
 */
public interface StatusListener {

  /** Another connection of the edge was opened after this one: this one is no more. */
  void overtaken(GroupId group, EdgeId edge, String connectionId);

  /**
   * Two connections spoke, and one of the words did not count. If this one is here, it says again
   * that it is open.
   */
  void contested(GroupId group, EdgeId edge, String connectionId);
}
