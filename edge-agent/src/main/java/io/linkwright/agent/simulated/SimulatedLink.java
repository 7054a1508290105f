package io.linkwright.agent.simulated;

import io.linkwright.agent.tunnel.FormerKeys;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the driver remembers of a link, to tell what the next plan means for it. Owned by the agent.
 */
final class SimulatedLink {
  private final List<SimulatedTunnel> tunnels = new ArrayList<>();
  private final List<PeerConfiguration> former = new ArrayList<>();
  private PeerConfiguration configuration;
  private PeerConfiguration sending;

  SimulatedLink(PeerConfiguration configuration) {
    this.configuration = configuration;
    this.sending = configuration;
  }

  PeerConfiguration configuration() {
    return configuration;
  }

  /** In the order of their indexes. */
  List<SimulatedTunnel> tunnels() {
    return tunnels;
  }

  /** The former configurations whose keys the link receives with, the oldest first. */
  List<PeerConfiguration> former() {
    return List.copyOf(former);
  }

  /** Takes newer keys over, and says what SPIs are free for them. */
  Set<Long> reconfigure(PeerConfiguration next) {
    Set<Long> gone = spis();
    former.add(configuration);
    List<PeerConfiguration> kept =
        FormerKeys.whenRenewed(former, present -> present.equals(sending));
    former.clear();
    former.addAll(kept);
    configuration = next;
    gone.removeAll(spis());
    return gone;
  }

  void switchOver() {
    sending = configuration;
  }

  /** Forgets the former keys, and says what SPIs went with them. */
  Set<Long> retire() {
    Set<Long> gone = spis();
    switchOver();
    former.clear();
    gone.removeAll(spis());
    return gone;
  }

  /** Every SPI that the link receives with. */
  Set<Long> spis() {
    Set<Long> all = spisOf(configuration);
    former.forEach(before -> all.addAll(spisOf(before)));
    return all;
  }

  /** The SPIs that a configuration receives with; none for WireGuard. */
  static Set<Long> spisOf(PeerConfiguration configuration) {
    Set<Long> spis = new HashSet<>();
    for (PeerTunnel tunnel : configuration.tunnels()) {
      if (tunnel.keys() instanceof PeerKeys.IpsecPeer(var inbound, var _)) {
        spis.add(inbound.spi());
      }
    }
    return spis;
  }
}
