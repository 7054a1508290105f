package io.linkwright.schemas;

import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.schemas.avro.AwaitingEnrollment;
import io.linkwright.schemas.avro.LinkEndRecord;
import io.linkwright.schemas.avro.LinkRecord;
import io.linkwright.schemas.avro.PresharedKey;
import io.linkwright.schemas.avro.SaAlgorithmKind;
import io.linkwright.schemas.avro.SecurityAssociationRecord;
import io.linkwright.schemas.avro.SecurityAssociations;
import io.linkwright.schemas.avro.TunnelEndRecord;
import io.linkwright.schemas.avro.TunnelRecord;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Links with their tunnels. */
final class LinkCodec {
  private LinkCodec() {}

  static LinkRecord toAvro(LinkConfiguration link) {
    return new LinkRecord(
        link.id().toString(),
        GroupSettingsCodec.toAvro(link.protocol()),
        link.keyVersion(),
        toAvro(link.endA()),
        toAvro(link.endB()),
        link.tunnels().stream().map(LinkCodec::toAvro).toList(),
        link.limits().bytes().orElse(null),
        link.limits().packets().orElse(null));
  }

  static LinkConfiguration toDomain(LinkRecord link) {
    return new LinkConfiguration(
        LinkId.parse(link.getId()),
        GroupSettingsCodec.toDomain(link.getProtocol()),
        link.getKeyVersion(),
        toDomain(link.getEndA()),
        toDomain(link.getEndB()),
        link.getTunnels().stream().map(LinkCodec::toDomain).toList(),
        limits(link.getRekeyAfterBytes(), link.getRekeyAfterPackets()));
  }

  /** Null: no limit. */
  static SaLimits limits(Long bytes, Long packets) {
    return new SaLimits(Optional.ofNullable(bytes), Optional.ofNullable(packets));
  }

  private static LinkEndRecord toAvro(LinkEnd end) {
    return new LinkEndRecord(
        end.edge().value(),
        MemberCodec.toAvro(end.endpoint()),
        MemberCodec.texts(end.allowedSubnets()));
  }

  private static LinkEnd toDomain(LinkEndRecord end) {
    return new LinkEnd(
        new EdgeId(end.getEdge()),
        MemberCodec.toDomain(end.getEndpoint()),
        MemberCodec.subnets(end.getAllowedSubnets()));
  }

  private static TunnelRecord toAvro(Tunnel tunnel) {
    return new TunnelRecord(
        tunnel.index(),
        tunnel.interfaceName(),
        toAvro(tunnel.endA()),
        toAvro(tunnel.endB()),
        toAvro(tunnel.keys()));
  }

  private static Tunnel toDomain(TunnelRecord tunnel) {
    return new Tunnel(
        tunnel.getIndex(),
        toDomain(tunnel.getEndA()),
        toDomain(tunnel.getEndB()),
        keysToDomain(tunnel.getKeys()));
  }

  private static TunnelEndRecord toAvro(TunnelEnd end) {
    return new TunnelEndRecord(
        end.overlayAddress().toString(), end.wireGuardKey().map(PublicKey::base64).orElse(null));
  }

  private static TunnelEnd toDomain(TunnelEndRecord end) {
    return new TunnelEnd(
        IpAddress.parse(end.getOverlayAddress()),
        Optional.ofNullable(end.getWireGuardKey()).map(PublicKey::new));
  }

  private static SpecificRecord toAvro(TunnelKeys keys) {
    return switch (keys) {
      case TunnelKeys.AwaitingEnrollment() -> new AwaitingEnrollment();
      case TunnelKeys.PresharedKey(String fingerprint) -> new PresharedKey(fingerprint);
      case TunnelKeys.SecurityAssociations(var aToB, var bToA) ->
          new SecurityAssociations(toAvro(aToB), toAvro(bToA));
    };
  }

  /** Avro's unions are plain objects in Java, so the compiler cannot check this switch. */
  private static TunnelKeys keysToDomain(Object keys) {
    return switch (keys) {
      case AwaitingEnrollment _ -> new TunnelKeys.AwaitingEnrollment();
      case PresharedKey key -> new TunnelKeys.PresharedKey(key.getFingerprint());
      case SecurityAssociations both ->
          new TunnelKeys.SecurityAssociations(toDomain(both.getAToB()), toDomain(both.getBToA()));
      default -> throw UnionBranches.unknown("tunnel keys", keys);
    };
  }

  private static SecurityAssociationRecord toAvro(SecurityAssociation association) {
    return new SecurityAssociationRecord(
        association.spi(), toAvro(association.algorithm()), association.fingerprint());
  }

  private static SecurityAssociation toDomain(SecurityAssociationRecord association) {
    return new SecurityAssociation(
        association.getSpi(), toDomain(association.getAlgorithm()), association.getFingerprint());
  }

  static SaAlgorithmKind toAvro(SaAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_CBC_256_HMAC_SHA_256_128 -> SaAlgorithmKind.AES_CBC_256_HMAC_SHA_256_128;
      case AES_GCM_256_ESN -> SaAlgorithmKind.AES_GCM_256_ESN;
    };
  }

  static SaAlgorithm toDomain(SaAlgorithmKind algorithm) {
    return switch (algorithm) {
      case AES_CBC_256_HMAC_SHA_256_128 -> SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128;
      case AES_GCM_256_ESN -> SaAlgorithm.AES_GCM_256_ESN;
    };
  }
}
