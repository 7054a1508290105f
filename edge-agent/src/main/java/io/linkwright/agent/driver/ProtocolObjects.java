package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.domain.PeerConfiguration.PeerTunnel;
import java.time.Instant;
import java.util.List;

/** What a tunnel is made of with one of the protocols, beside addresses and routes. Pure. */
interface ProtocolObjects {

  /**
   * Adds what this tunnel of the link needs.
   *
   * @throws LinkRefusedException if the link lacks something that the protocol cannot do without
   */
  void add(RunningLink link, PeerTunnel tunnel, TunnelId id, LinkRows rows)
      throws LinkRefusedException;

  /** The rows whose counters tell what came in from the peer. */
  List<ObjectId> inbound(RunningLink link, PeerTunnel tunnel);

  /** Whether both ends agree on the keys, as far as the protocol tells by itself. */
  boolean isAgreed(Traffic traffic, Instant now);
}
