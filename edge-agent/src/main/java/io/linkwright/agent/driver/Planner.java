package io.linkwright.agent.driver;

import io.linkwright.agent.driver.PlannedTunnel.Standing;
import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.KernelObject.Address;
import io.linkwright.agent.driver.kernel.KernelObject.Route;
import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Works out what a link wants of the kernel. Pure. */
record Planner(ProtocolObjects protocol) {
  /** Of the primary tunnel; the secondary's is twice as bad. */
  private static final int METRIC = 50;

  /**
   * All that this link needs.
   *
   * @param failedOver tunnels whose traffic is to take the link's other one
   * @throws LinkRefusedException if it cannot be run
   */
  SortedMap<ObjectId, KernelObject> plan(RunningLink link, Set<TunnelId> failedOver)
      throws LinkRefusedException {
    LinkRows rows = new LinkRows();
    for (PeerTunnel tunnel : link.configuration().tunnels()) {
      TunnelId id = RunningLinks.idOf(link, tunnel);
      protocol.add(new PlannedTunnel(link, tunnel, id, standing(link, id, failedOver)), rows);
      rows.add(id, new Address(tunnel.interfaceName(), tunnel.localOverlayAddress()));
      for (Cidr subnet : failedOver.contains(id) ? ownSubnets(link, tunnel) : tunnel.allowedIps()) {
        rows.add(id, route(tunnel, subnet));
      }
    }
    return rows.rows();
  }

  /** The first that is not dead is preferred, as its routes are. */
  private static Standing standing(RunningLink link, TunnelId id, Set<TunnelId> failedOver) {
    return link.configuration().tunnels().stream()
        .map(tunnel -> RunningLinks.idOf(link, tunnel))
        .filter(tunnel -> !failedOver.contains(tunnel))
        .findFirst()
        .filter(id::equals)
        .map(_ -> Standing.PREFERRED)
        .orElse(Standing.SPARE);
  }

  /** What no other tunnel of the link leads to: its own end's address. */
  private static List<Cidr> ownSubnets(RunningLink link, PeerTunnel tunnel) {
    return tunnel.allowedIps().stream()
        .filter(
            subnet ->
                link.configuration().tunnels().stream()
                    .filter(other -> other.index() != tunnel.index())
                    .noneMatch(other -> other.allowedIps().contains(subnet)))
        .toList();
  }

  private static Route route(PeerTunnel tunnel, Cidr subnet) {
    IpAddress own = tunnel.localOverlayAddress();
    return new Route(
        subnet,
        tunnel.interfaceName(),
        Optional.of(own).filter(address -> address.family() == subnet.network().family()),
        METRIC * (tunnel.index() + 1));
  }
}
