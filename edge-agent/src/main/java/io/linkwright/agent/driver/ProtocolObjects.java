package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a tunnel is made of with one of the protocols, beside addresses and routes. Pure. */
interface ProtocolObjects {

  /**
   * Adds what this tunnel needs.
   *
   * @throws LinkRefusedException if the link lacks something that the protocol cannot do without
   */
  void add(PlannedTunnel planned, LinkRows rows) throws LinkRefusedException;

  /** This edge's endpoint, if its address is part of a tunnel. */
  Optional<Endpoint> usedOwnEndpoint(PeerTunnel tunnel);

  /** An end of a link that runs has another address now. */
  PeerAddress moved(PeerAddress.At before, IpAddress now);

  /** The rows whose counters tell what came in from the peer. */
  List<ObjectId> inbound(RunningLink link, PeerTunnel tunnel);

  /** Whether both ends agree on the keys, as far as the protocol tells by itself. */
  boolean isAgreed(Traffic traffic, Instant now);
}
