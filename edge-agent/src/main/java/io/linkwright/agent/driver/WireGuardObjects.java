package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.KernelObject.Identity;
import io.linkwright.agent.driver.kernel.KernelObject.Interface;
import io.linkwright.agent.driver.kernel.KernelObject.InterfaceKind;
import io.linkwright.agent.driver.kernel.KernelObject.OperatorState;
import io.linkwright.agent.driver.kernel.KernelObject.Peer;
import io.linkwright.agent.driver.kernel.KernelObject.SocketAddress;
import io.linkwright.agent.driver.kernel.KeyBytes;
import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.IpsecPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.WireGuardPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One interface for each tunnel index, with the edge's key of that index, and on it a peer for each
 * link. A member has one endpoint, and two interfaces cannot share a port, so the tunnel with index
 * n listens on the endpoint's port plus n.
 *
 * <p>A peer has one preshared key at a time. A new one is mixed into the next handshake only and
 * leaves the running session alone, which is good for another minute or more (WireGuard paper,
 * section 6.2): it is set when the link switches over, at both ends within that minute.
 *
 * @param privateKeys by tunnel index
 */
record WireGuardObjects(String alias, List<KeyBytes> privateKeys) implements ProtocolObjects {
  /** What WireGuard's own documentation advises for paths with address translation. */
  private static final int KEEPALIVE_SECONDS = 25;

  /** After which WireGuard itself takes a session for dead (paper, section 6.1). */
  private static final Duration HANDSHAKE_LIMIT = Duration.ofMinutes(3);

  private static final int MAX_PORT = 65_535;

  @Override
  public void add(PlannedTunnel planned, LinkRows rows) throws LinkRefusedException {
    RunningLink link = planned.link();
    PeerTunnel tunnel = planned.tunnel();
    TunnelId id = planned.id();
    String name = tunnel.interfaceName();
    rows.add(id, new Interface(name, InterfaceKind.WIREGUARD, alias, OperatorState.UP));
    rows.add(id, new Identity(name, privateKeys.get(id.index()), port(id, tunnel.localEndpoint())));
    Optional<Integer> peerPort = port(id, tunnel.peerEndpoint());
    rows.add(
        id,
        new Peer(
            name,
            wireGuard(tunnel, id).peerKey(),
            Optional.of(presharedKey(link, tunnel, id)),
            link.newest()
                .remote()
                .flatMap(address -> peerPort.map(port -> new SocketAddress(address, port))),
            tunnel.allowedIps(),
            KEEPALIVE_SECONDS));
  }

  /** It listens on all addresses. */
  @Override
  public Optional<Endpoint> usedOwnEndpoint(PeerTunnel tunnel) {
    return Optional.empty();
  }

  @Override
  public PeerAddress moved(PeerAddress.At before, IpAddress now) {
    return new PeerAddress.At(before.host(), now);
  }

  @Override
  public List<ObjectId> inbound(RunningLink link, PeerTunnel tunnel) {
    return switch (tunnel.keys()) {
      case WireGuardPeer(var key, _) -> List.of(Peer.idOf(key, tunnel.interfaceName()));
      case IpsecPeer _ -> List.of();
    };
  }

  @Override
  public boolean isAgreed(Traffic traffic, Instant now) {
    return traffic
        .lastHandshakeEpochSeconds()
        .map(Instant::ofEpochSecond)
        .filter(last -> last.plus(HANDSHAKE_LIMIT).isAfter(now))
        .isPresent();
  }

  /** The one sent with, unless the peer has become another: then no session is left to keep. */
  private static KeyBytes presharedKey(RunningLink link, PeerTunnel tunnel, TunnelId id)
      throws LinkRefusedException {
    WireGuardPeer peer = wireGuard(tunnel, id);
    KeyGeneration generation = link.newest();
    Optional<PeerTunnel> sending = link.sending().tunnel(id.index());
    if (sending.isPresent() && wireGuard(sending.get(), id).peerKey().equals(peer.peerKey())) {
      generation = link.sending();
    }
    return KeyBytes.of(((PresharedSecret) generation.secrets(id.index())).key());
  }

  private static WireGuardPeer wireGuard(PeerTunnel tunnel, TunnelId id)
      throws LinkRefusedException {
    return switch (tunnel.keys()) {
      case WireGuardPeer peer -> peer;
      case IpsecPeer _ ->
          throw new LinkRefusedException(
              id + " is an IPsec tunnel, and this edge runs the driver 'wireguard'");
    };
  }

  private static Optional<Integer> port(TunnelId id, Optional<Endpoint> endpoint)
      throws LinkRefusedException {
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    int port = endpoint.get().port() + id.index();
    if (port > MAX_PORT) {
      throw new LinkRefusedException(
          "%s needs the port after that of endpoint %s, and there is none; choose a lower one"
              .formatted(id, endpoint.get()));
    }
    return Optional.of(port);
  }
}
