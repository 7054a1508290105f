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
import io.linkwright.domain.Cidr;
import io.linkwright.domain.IpAddress;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.PeerConfiguration.PeerKeys.IpsecPeer;
import io.linkwright.domain.PeerConfiguration.PeerKeys.WireGuardPeer;
import io.linkwright.domain.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.SecurityAssociation;
import io.linkwright.domain.TunnelSecrets.SaSecrets;
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
  public void add(RunningLink link, PeerTunnel tunnel, TunnelId id, LinkRows rows)
      throws LinkRefusedException {
    rows.add(
        id, new Interface(tunnel.interfaceName(), InterfaceKind.DUMMY, alias, OperatorState.UP));
    for (KeyGeneration generation : link.generations()) {
      Optional<PeerTunnel> then = generation.tunnel(id.index());
      if (then.isPresent()) {
        addInbound(generation, then.get(), id, rows);
      }
    }
    Optional<PeerTunnel> sending = link.sending().tunnel(id.index());
    if (sending.isPresent()) {
      addOutbound(link.sending(), sending.get(), id, rows);
    }
  }

  @Override
  public List<ObjectId> inbound(RunningLink link, PeerTunnel tunnel) {
    List<ObjectId> ids = new ArrayList<>();
    for (KeyGeneration generation : link.generations()) {
      Optional<PeerTunnel> then = generation.tunnel(tunnel.index());
      if (then.isPresent()
          && then.get().keys() instanceof IpsecPeer(SecurityAssociation inbound, _)
          && generation.local().isPresent()) {
        ids.add(Association.idOf(inbound.spi(), generation.local().get()));
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
      KeyGeneration generation, PeerTunnel tunnel, TunnelId id, LinkRows rows)
      throws LinkRefusedException {
    Path path = path(generation, id);
    rows.add(
        id,
        association(
            path.remote(),
            path.local(),
            ipsec(tunnel, id).inbound(),
            id,
            isA(generation) ? secrets(generation, id).bToA() : secrets(generation, id).aToB()));
  }

  private static void addOutbound(
      KeyGeneration generation, PeerTunnel tunnel, TunnelId id, LinkRows rows)
      throws LinkRefusedException {
    Path path = path(generation, id);
    SecurityAssociation outbound = ipsec(tunnel, id).outbound();
    rows.add(
        id,
        association(
            path.local(),
            path.remote(),
            outbound,
            id,
            isA(generation) ? secrets(generation, id).aToB() : secrets(generation, id).bToA()));
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
      rows.add(
          id,
          new Policy(
              Direction.OUT,
              subnet,
              Optional.of(tunnel.interfaceName()),
              path.local(),
              path.remote(),
              Optional.of(new Sending(outbound.spi(), Association.requestIdOf(id.index())))));
    }
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

  private static Path path(KeyGeneration generation, TunnelId id) throws LinkRefusedException {
    if (generation.local().isEmpty() || generation.remote().isEmpty()) {
      throw new LinkRefusedException(
          id + " needs an endpoint at both ends: ESP cannot wait to be called; set the members'");
    }
    if (generation.local().get().family() != generation.remote().get().family()) {
      throw new LinkRefusedException(
          "%s has the endpoints %s and %s; both must be IPv4 or both IPv6"
              .formatted(id, generation.local().get(), generation.remote().get()));
    }
    return new Path(generation.local().get(), generation.remote().get());
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
