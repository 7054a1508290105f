package io.linkwright.agent.simulated;

import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that one configuration brought to one end of a tunnel. Owned by the network's thread.
 */
final class TunnelKeySet {
  private static final int SA_KEY_BYTES = SaSecrets.LENGTH_BYTES / 2;

  /** The keys of both directions. */
  private record Directions(PacketKeys inbound, PacketKeys outbound) {}

  private final EdgeKeys own;
  private final PeerConfiguration link;
  private final PeerTunnel tunnel;
  private final TunnelSecrets secrets;
  private Optional<Directions> directions = Optional.empty();

  TunnelKeySet(EdgeKeys own, PeerConfiguration link, PeerTunnel tunnel, TunnelSecrets secrets) {
    this.own = own;
    this.link = link;
    this.tunnel = tunnel;
    this.secrets = secrets;
  }

  /** The configuration that brought the keys. */
  PeerConfiguration configuration() {
    return link;
  }

  /** The SPI of what comes in, for IPsec. */
  OptionalLong inboundSpi() {
    return switch (tunnel.keys()) {
      case PeerKeys.IpsecPeer(var inbound, var _) -> OptionalLong.of(inbound.spi());
      case PeerKeys.WireGuardPeer _ -> OptionalLong.empty();
    };
  }

  /**
   * For what comes in.
   *
   * @throws IllegalStateException if the two ends' keys do not agree on anything
   */
  PacketKeys inbound() {
    return directions().inbound();
  }

  /** For what goes out. */
  PacketKeys outbound() {
    return directions().outbound();
  }

  /** Whether the keys have been needed yet. */
  boolean isDerived() {
    return directions.isPresent();
  }

  /** Made when first needed: an agreement costs more than all else about a tunnel. */
  private Directions directions() {
    if (directions.isEmpty()) {
      directions = Optional.of(derive());
    }
    return directions.get();
  }

  private Directions derive() {
    return switch (tunnel.keys()) {
      case PeerKeys.IpsecPeer(var inbound, var outbound) -> {
        SaSecrets associations = (SaSecrets) secrets;
        boolean isA = link.link().edgeA().equals(link.self());
        byte[] incoming = isA ? associations.bToA() : associations.aToB();
        byte[] outgoing = isA ? associations.aToB() : associations.bToA();
        yield new Directions(esp(inbound, incoming), esp(outbound, outgoing));
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

  private static PacketKeys esp(SecurityAssociation association, byte[] keys) {
    SecretKeySpec encryption = new SecretKeySpec(Arrays.copyOf(keys, SA_KEY_BYTES), "AES");
    return switch (association.algorithm()) {
      case AES_CBC_256_HMAC_SHA_256_128 ->
          new PacketKeys.Esp(
              association.spi(),
              encryption,
              new SecretKeySpec(Arrays.copyOfRange(keys, SA_KEY_BYTES, keys.length), "HmacSHA256"));
      case AES_GCM_256_ESN ->
          new PacketKeys.EspGcm(
              association.spi(), encryption, ByteBuffer.wrap(keys).getInt(SA_KEY_BYTES));
    };
  }
}
