package io.linkwright.agent.tunnel;

import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.LinkSecrets;
import io.linkwright.domain.PeerConfiguration;
import java.util.List;

/**
 * What a driver is to change in one group.
 *
 * @param set links to run as described from now on, whether they were there before or not
 * @param remove links that the driver runs and is to forget
 */
public record TunnelPlan(GroupId group, List<PeerLink> set, List<LinkId> remove) {

  /**
   * A link from this edge's side.
   *
   * @param secrets opened; a driver installs them and keeps them nowhere else
   */
  public record PeerLink(PeerConfiguration configuration, LinkSecrets secrets) {}

  /** Copies the lists. */
  public TunnelPlan {
    set = List.copyOf(set);
    remove = List.copyOf(remove);
  }
}
