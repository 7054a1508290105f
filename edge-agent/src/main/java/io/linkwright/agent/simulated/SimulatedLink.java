package io.linkwright.agent.simulated;

import io.linkwright.domain.PeerConfiguration;
import io.linkwright.domain.PeerConfiguration.PeerKeys;
import io.linkwright.domain.PeerConfiguration.PeerTunnel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the driver remembers of a link, to tell what the next plan means for it. Owned by the agent.
 */
final class SimulatedLink {
  private final List<SimulatedTunnel> tunnels = new ArrayList<>();
  private final List<Set<Long>> formerSpis = new ArrayList<>();
  private PeerConfiguration configuration;

  SimulatedLink(PeerConfiguration configuration) {
    this.configuration = configuration;
  }

  PeerConfiguration configuration() {
    return configuration;
  }

  /** In the order of their indexes. */
  List<SimulatedTunnel> tunnels() {
    return tunnels;
  }

  void reconfigure(PeerConfiguration next) {
    formerSpis.add(spisOf(configuration));
    configuration = next;
  }

  /** Forgets the former keys, and says what SPIs went with them. */
  Set<Long> retire() {
    Set<Long> gone = new HashSet<>();
    formerSpis.forEach(gone::addAll);
    formerSpis.clear();
    return gone;
  }

  /** Every SPI that the link receives with. */
  Set<Long> spis() {
    Set<Long> all = spisOf(configuration);
    formerSpis.forEach(all::addAll);
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
