package io.linkwright.domain.delivery;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A link as one of its ends runs it: the symmetric document turned to that edge's side. */
public record PeerConfiguration(
    GroupId group,
    long revision,
    LinkId link,
    EdgeId self,
    EdgeId peer,
    TunnelProtocol protocol,
    int keyVersion,
    List<PeerTunnel> tunnels,
    SaLimits limits) {

  /**
   * One tunnel to the peer.
   *
   * @param allowedIps what may come out of the tunnel and is routed into it: the peer's overlay
   *     address and its subnets
   */
  public record PeerTunnel(
      int index,
      String interfaceName,
      IpAddress localOverlayAddress,
      IpAddress peerOverlayAddress,
      Optional<Endpoint> localEndpoint,
      Optional<Endpoint> peerEndpoint,
      List<Cidr> localSubnets,
      List<Cidr> allowedIps,
      PeerKeys keys) {}

  /** The tunnel's keys from this side. */
  public sealed interface PeerKeys {
    /** WireGuard: the peer's public key, and the preshared key's fingerprint. */
    record WireGuardPeer(PublicKey peerKey, String presharedKeyFingerprint) implements PeerKeys {}

    /** IPsec: the association we receive on, and the one we send on. */
    record IpsecPeer(SecurityAssociation inbound, SecurityAssociation outbound)
        implements PeerKeys {}
  }

  /** Copies the list. */
  public PeerConfiguration {
    tunnels = List.copyOf(tunnels);
  }

  /**
   * The document from one end's side.
   *
   * @throws IllegalArgumentException if {@code self} is neither end, or a tunnel awaits enrollment
   */
  public static PeerConfiguration of(LinkDocument document, EdgeId self) {
    LinkConfiguration link = document.link();
    EdgeId peer = link.id().peerOf(self);
    return new PeerConfiguration(
        document.group(),
        document.revision(),
        link.id(),
        self,
        peer,
        link.protocol(),
        link.keyVersion(),
        link.tunnels().stream().map(tunnel -> side(link, tunnel, self)).toList(),
        link.limits());
  }

  private static PeerTunnel side(LinkConfiguration link, Tunnel tunnel, EdgeId self) {
    boolean isA = link.id().edgeA().equals(self);
    LinkEnd near = isA ? link.endA() : link.endB();
    LinkEnd far = isA ? link.endB() : link.endA();
    TunnelEnd nearEnd = isA ? tunnel.endA() : tunnel.endB();
    TunnelEnd farEnd = isA ? tunnel.endB() : tunnel.endA();
    PeerKeys keys =
        switch (tunnel.keys()) {
          case TunnelKeys.AwaitingEnrollment() ->
              throw new IllegalArgumentException(
                  "link %s awaits enrollment and cannot be configured".formatted(link.id()));
          case TunnelKeys.PresharedKey(String fingerprint) ->
              new PeerKeys.WireGuardPeer(farEnd.wireGuardKey().orElseThrow(), fingerprint);
          case TunnelKeys.SecurityAssociations(var aToB, var bToA) ->
              isA ? new PeerKeys.IpsecPeer(bToA, aToB) : new PeerKeys.IpsecPeer(aToB, bToA);
        };
    return new PeerTunnel(
        tunnel.index(),
        tunnel.interfaceName(),
        nearEnd.overlayAddress(),
        farEnd.overlayAddress(),
        near.endpoint(),
        far.endpoint(),
        near.allowedSubnets(),
        Stream.concat(Stream.of(Cidr.host(farEnd.overlayAddress())), far.allowedSubnets().stream())
            .toList(),
        keys);
  }
}
