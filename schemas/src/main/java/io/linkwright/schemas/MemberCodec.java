package io.linkwright.schemas;

import io.linkwright.domain.Cidr;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.Endpoint;
import io.linkwright.domain.IpAddress;
import io.linkwright.domain.Member;
import io.linkwright.domain.MemberKeys;
import io.linkwright.domain.Position;
import io.linkwright.domain.PublicKey;
import io.linkwright.schemas.avro.EndpointRecord;
import io.linkwright.schemas.avro.MemberKeysRecord;
import io.linkwright.schemas.avro.MemberRecord;
import io.linkwright.schemas.avro.PositionRecord;
import java.util.List;
import java.util.Optional;

/** Members, and what links say of them. */
final class MemberCodec {
  private MemberCodec() {}

  static MemberRecord toAvro(Member member) {
    return new MemberRecord(
        member.edge().value(),
        member.name(),
        toAvro(member.endpoint()),
        texts(member.allowedSubnets()),
        member
            .position()
            .map(position -> new PositionRecord(position.latitude(), position.longitude()))
            .orElse(null),
        member.keys().map(MemberCodec::toAvro).orElse(null),
        texts(member.overlayAddresses()));
  }

  static Member toDomain(MemberRecord member) {
    return new Member(
        new EdgeId(member.getEdge()),
        member.getName(),
        toDomain(member.getEndpoint()),
        subnets(member.getAllowedSubnets()),
        Optional.ofNullable(member.getPosition())
            .map(position -> new Position(position.getLatitude(), position.getLongitude())),
        Optional.ofNullable(member.getKeys()).map(MemberCodec::toDomain),
        member.getOverlayAddresses().stream().map(IpAddress::parse).toList());
  }

  static EndpointRecord toAvro(Optional<Endpoint> endpoint) {
    return endpoint.map(known -> new EndpointRecord(known.host(), known.port())).orElse(null);
  }

  static Optional<Endpoint> toDomain(EndpointRecord endpoint) {
    return Optional.ofNullable(endpoint)
        .map(known -> new Endpoint(known.getHost(), known.getPort()));
  }

  static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  static List<Cidr> subnets(List<String> texts) {
    return texts.stream().map(Cidr::parse).toList();
  }

  private static MemberKeysRecord toAvro(MemberKeys keys) {
    return new MemberKeysRecord(
        keys.identity().base64(), keys.sealing().base64(), texts(keys.wireGuard()));
  }

  private static MemberKeys toDomain(MemberKeysRecord keys) {
    return new MemberKeys(
        new PublicKey(keys.getIdentity()),
        new PublicKey(keys.getSealing()),
        keys.getWireGuard().stream().map(PublicKey::new).toList());
  }
}
