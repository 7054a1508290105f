package io.linkwright.agent.simulated;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.PeerConfiguration;
import io.linkwright.domain.PeerConfiguration.PeerKeys;
import io.linkwright.domain.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.PublicKey;
import io.linkwright.domain.TunnelSecrets;
import io.linkwright.domain.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.TunnelSecrets.SaSecrets;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * One end of a tunnel with the keys of one configuration. Another configuration of the link makes
 * another object. Owned by the network's thread, but for the state, which anybody may read.
 */
final class SimulatedTunnel {
  private static final int SA_KEY_BYTES = SaSecrets.LENGTH_BYTES / 2;

  /** The keys of both directions. */
  private record Directions(PacketKeys inbound, PacketKeys outbound) {}

  private final SimulatedDriver driver;
  private final PeerConfiguration link;
  private final PeerTunnel tunnel;
  private final TunnelSecrets secrets;
  private Optional<Directions> keys = Optional.empty();
  private volatile TunnelState state = TunnelState.UNKNOWN;
  private boolean removed;
  private long awaited;

  SimulatedTunnel(
      SimulatedDriver driver, PeerConfiguration link, PeerTunnel tunnel, TunnelSecrets secrets) {
    this.driver = driver;
    this.link = link;
    this.tunnel = tunnel;
    this.secrets = secrets;
  }

  SimulatedDriver driver() {
    return driver;
  }

  GroupId group() {
    return link.group();
  }

  LinkId linkId() {
    return link.link();
  }

  EdgeId peer() {
    return link.peer();
  }

  /** The SPI of what comes in, for IPsec. */
  OptionalLong inboundSpi() {
    return switch (tunnel.keys()) {
      case PeerKeys.IpsecPeer(var inbound, var _) -> OptionalLong.of(inbound.spi());
      case PeerKeys.WireGuardPeer _ -> OptionalLong.empty();
    };
  }

  TunnelStatus status() {
    return new TunnelStatus(link.link(), tunnel.index(), state);
  }

  TunnelState state() {
    return state;
  }

  /** Returns whether that is news. */
  boolean become(TunnelState next) {
    boolean changed = state != next;
    state = next;
    return changed;
  }

  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
  }

  /** The number of the probe whose reply makes the tunnel up. */
  long awaited() {
    return awaited;
  }

  void await(long probe) {
    awaited = probe;
  }

  PacketKeys inbound() {
    return directions().inbound();
  }

  PacketKeys outbound() {
    return directions().outbound();
  }

  boolean hasKeys() {
    return keys.isPresent();
  }

  /** Made when first needed: an agreement costs more than all else about a tunnel. */
  private Directions directions() {
    if (keys.isEmpty()) {
      keys = Optional.of(derive(driver.keys()));
    }
    return keys.get();
  }

  private Directions derive(EdgeKeys own) {
    return switch (tunnel.keys()) {
      case PeerKeys.IpsecPeer(var inbound, var outbound) -> {
        SaSecrets associations = (SaSecrets) secrets;
        boolean isA = link.link().edgeA().equals(link.self());
        byte[] incoming = isA ? associations.bToA() : associations.aToB();
        byte[] outgoing = isA ? associations.aToB() : associations.bToA();
        yield new Directions(esp(inbound.spi(), incoming), esp(outbound.spi(), outgoing));
      }
      case PeerKeys.WireGuardPeer(PublicKey peerKey, _) -> {
        PublicKey ownKey = own.publicKeys().wireGuard().get(tunnel.index());
        WireGuardKeys shared =
            new WireGuardKeys(
                own.wireGuardPrivateKey(tunnel.index()),
                peerKey,
                ((PresharedSecret) secrets).key());
        yield new Directions(shared.direction(peerKey, ownKey), shared.direction(ownKey, peerKey));
      }
    };
  }

  private static PacketKeys.Esp esp(long spi, byte[] keys) {
    return new PacketKeys.Esp(
        spi,
        new SecretKeySpec(Arrays.copyOf(keys, SA_KEY_BYTES), "AES"),
        new SecretKeySpec(Arrays.copyOfRange(keys, SA_KEY_BYTES, keys.length), "HmacSHA256"));
  }
}
