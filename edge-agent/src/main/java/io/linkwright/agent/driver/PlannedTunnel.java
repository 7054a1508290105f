package io.linkwright.agent.driver;

import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;

/**
 * A tunnel of a link that is to run.
 *
 * @param standing among the link's tunnels
 */
record PlannedTunnel(RunningLink link, PeerTunnel tunnel, TunnelId id, Standing standing) {

  /** What a tunnel is for, of the subnets that the link's other tunnel leads to as well. */
  enum Standing {
    /** Carries them. */
    PREFERRED,
    /** Carries nothing but what is for its own end. */
    SPARE
  }
}
