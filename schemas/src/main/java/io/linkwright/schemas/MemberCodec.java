package io.linkwright.schemas;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.TokenHash;
import io.linkwright.schemas.avro.EndpointRecord;
import io.linkwright.schemas.avro.EnrolledRecord;
import io.linkwright.schemas.avro.InvitedRecord;
import io.linkwright.schemas.avro.MemberKeysRecord;
import io.linkwright.schemas.avro.MemberRecord;
import io.linkwright.schemas.avro.PositionRecord;
import io.linkwright.schemas.avro.RevokedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

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
        texts(member.overlayAddresses()),
        member.enrollment().map(MemberCodec::toAvro).orElse(null));
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
        member.getOverlayAddresses().stream().map(IpAddress::parse).toList(),
        Optional.ofNullable(member.getEnrollment()).map(MemberCodec::enrollment));
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

  private static SpecificRecord toAvro(Enrollment enrollment) {
    return switch (enrollment) {
      case Enrollment.Invited(TokenHash token, Instant expiresAt) ->
          new InvitedRecord(token.hex(), expiresAt);
      case Enrollment.Enrolled(TokenHash token) -> new EnrolledRecord(token.hex());
      case Enrollment.Revoked() -> new RevokedRecord();
    };
  }

  /** Avro's unions are plain objects in Java, so the compiler cannot check this switch. */
  private static Enrollment enrollment(Object enrollment) {
    return switch (enrollment) {
      case InvitedRecord invited ->
          new Enrollment.Invited(new TokenHash(invited.getTokenHash()), invited.getExpiresAt());
      case EnrolledRecord enrolled ->
          new Enrollment.Enrolled(new TokenHash(enrolled.getTokenHash()));
      case RevokedRecord _ -> new Enrollment.Revoked();
      default -> throw UnionBranches.unknown("enrollment", enrollment);
    };
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
