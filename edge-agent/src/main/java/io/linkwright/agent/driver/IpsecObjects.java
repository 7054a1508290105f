package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.AssociationKeys;
import io.linkwright.agent.driver.kernel.KernelObject.Association;
import io.linkwright.agent.driver.kernel.KernelObject.Direction;
import io.linkwright.agent.driver.kernel.KernelObject.Interface;
import io.linkwright.agent.driver.kernel.KernelObject.InterfaceKind;
import io.linkwright.agent.driver.kernel.KernelObject.OperatorState;
import io.linkwright.agent.driver.kernel.KernelObject.Policy;
import io.linkwright.agent.driver.kernel.KernelObject.Sending;
import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.IpsecPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.WireGuardPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ESP in tunnel mode (RFC 4303) without IKE. An interface for each tunnel index holds address and
 * routes; a policy encrypts what is routed to it. What no policy takes up ends at the interface,
 * which leads nowhere: nothing leaves unencrypted.
 *
 * <p>All generations of keys are received with. What is sent goes to the one association that the
 * outbound policies name by its SPI, so changing over is one step for each policy, and leaves
 * nothing to the order in which the kernel looks at associations.
 */
record IpsecObjects(String alias) implements ProtocolObjects {
  /** Where the packets of a generation travel outside. */
  private record Path(IpAddress local, IpAddress remote) {}

  @Override
  public void add(PlannedTunnel planned, LinkRows rows) throws LinkRefusedException {
    RunningLink link = planned.link();
    PeerTunnel tunnel = planned.tunnel();
    TunnelId id = planned.id();
    requireEndpoints(tunnel, id);
    rows.add(
        id, new Interface(tunnel.interfaceName(), InterfaceKind.DUMMY, alias, OperatorState.UP));
    for (KeyGeneration generation : link.generations()) {
      Optional<PeerTunnel> then = generation.tunnel(id.index());
      Optional<Path> path = path(generation);
      if (then.isPresent() && path.isPresent()) {
        addInbound(generation, path.get(), then.get(), id, rows);
      }
    }
    Optional<PeerTunnel> sending = link.sending().tunnel(id.index());
    Optional<Path> path = path(link.sending());
    if (sending.isPresent() && path.isPresent()) {
      addAssociation(link.sending(), path.get(), sending.get(), id, rows);
      addPolicies(planned, path.get(), sending.get(), rows);
    }
  }

  @Override
  public Optional<Endpoint> usedOwnEndpoint(PeerTunnel tunnel) {
    return tunnel.localEndpoint();
  }

  /**
   * An association has its addresses for life, and its keys must not be installed a second time
   * under others: the peer would take what it counts anew for replays.
   */
  @Override
  public PeerAddress moved(PeerAddress.At before, IpAddress now) {
    return new PeerAddress.Moved(before.host(), before.known(), now);
  }

  @Override
  public List<ObjectId> inbound(RunningLink link, PeerTunnel tunnel) {
    List<ObjectId> ids = new ArrayList<>();
    for (KeyGeneration generation : link.generations()) {
      Optional<PeerTunnel> then = generation.tunnel(tunnel.index());
      if (then.isPresent()
          && then.get().keys() instanceof IpsecPeer(SecurityAssociation inbound, _)
          && path(generation).isPresent()) {
        ids.add(Association.idOf(inbound.spi(), path(generation).get().local()));
      }
    }
    return ids;
  }

  /** What comes out of an association has been authenticated with its key: that says it all. */
  @Override
  public boolean isAgreed(Traffic traffic, Instant now) {
    return true;
  }

  private static void addInbound(
      KeyGeneration generation, Path path, PeerTunnel tunnel, TunnelId id, LinkRows rows)
      throws LinkRefusedException {
    rows.add(
        id,
        association(
            path.remote(),
            path.local(),
            ipsec(tunnel, id).inbound(),
            id,
            isA(generation) ? secrets(generation, id).bToA() : secrets(generation, id).aToB()));
  }

  private static void addAssociation(
      KeyGeneration generation, Path path, PeerTunnel tunnel, TunnelId id, LinkRows rows)
      throws LinkRefusedException {
    SecurityAssociation outbound = ipsec(tunnel, id).outbound();
    rows.add(
        id,
        association(
            path.local(),
            path.remote(),
            outbound,
            id,
            isA(generation) ? secrets(generation, id).aToB() : secrets(generation, id).bToA()));
  }

  private static void addPolicies(
      PlannedTunnel planned, Path path, PeerTunnel tunnel, LinkRows rows)
      throws LinkRefusedException {
    TunnelId id = planned.id();
    Sending sending =
        new Sending(ipsec(tunnel, id).outbound().spi(), Association.requestIdOf(id.index()));
    for (Cidr subnet : tunnel.allowedIps()) {
      for (Direction direction : List.of(Direction.IN, Direction.FWD)) {
        rows.add(
            id,
            new Policy(
                direction,
                subnet,
                Optional.empty(),
                path.remote(),
                path.local(),
                Optional.empty()));
      }
      if (hasOwnPolicy(planned, subnet)) {
        rows.add(
            id,
            new Policy(
                Direction.OUT,
                subnet,
                routedTo(tunnel, subnet),
                path.local(),
                path.remote(),
                Optional.of(sending)));
      }
    }
  }

  /** The tunnels of a link cannot have one each where a policy does not look at the route. */
  private static boolean hasOwnPolicy(PlannedTunnel planned, Cidr subnet) {
    return switch (subnet.network().family()) {
      case IPV4 -> true;
      case IPV6 -> planned.standing() == PlannedTunnel.Standing.PREFERRED;
    };
  }

  /**
   * For an IPv6 packet that starts on this machine the kernel does not tell policies which
   * interface it was routed to, so a policy that asks for one is passed over.
   */
  private static Optional<String> routedTo(PeerTunnel tunnel, Cidr subnet) {
    return switch (subnet.network().family()) {
      case IPV4 -> Optional.of(tunnel.interfaceName());
      case IPV6 -> Optional.empty();
    };
  }

  private static Association association(
      IpAddress source,
      IpAddress destination,
      SecurityAssociation association,
      TunnelId id,
      byte[] secret) {
    return new Association(
        source,
        destination,
        association.spi(),
        Association.requestIdOf(id.index()),
        AssociationKeys.of(association.algorithm(), secret));
  }

  /** Empty while an end cannot be found: then there is nothing to send with or receive with. */
  private static Optional<Path> path(KeyGeneration generation) {
    return generation
        .local()
        .flatMap(local -> generation.remote().map(remote -> new Path(local, remote)))
        .filter(_ -> generation.isOfOneFamily());
  }

  private static void requireEndpoints(PeerTunnel tunnel, TunnelId id) throws LinkRefusedException {
    if (tunnel.localEndpoint().isEmpty() || tunnel.peerEndpoint().isEmpty()) {
      throw new LinkRefusedException(
          id + " needs an endpoint at both ends: ESP cannot wait to be called; set the members'");
    }
  }

  private static IpsecPeer ipsec(PeerTunnel tunnel, TunnelId id) throws LinkRefusedException {
    return switch (tunnel.keys()) {
      case IpsecPeer peer -> peer;
      case WireGuardPeer _ ->
          throw new LinkRefusedException(
              id + " is a WireGuard tunnel, and this edge runs the driver 'ipsec'");
    };
  }

  private static SaSecrets secrets(KeyGeneration generation, TunnelId id) {
    return (SaSecrets) generation.secrets(id.index());
  }

  private static boolean isA(KeyGeneration generation) {
    LinkId link = generation.link().configuration().link();
    return link.edgeA().equals(generation.link().configuration().self());
  }
}
