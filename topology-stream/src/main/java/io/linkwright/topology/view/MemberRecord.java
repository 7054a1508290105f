package io.linkwright.topology.view;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;

/**
 * What the view shows of a member, as the last event about it said.
 *
 * @param enrollment whether it has keys; the keys themselves are for the writer and its peers
 */
public record MemberRecord(
    String name,
    Optional<Endpoint> endpoint,
    List<Cidr> allowedSubnets,
    Optional<Position> position,
    List<IpAddress> overlayAddresses,
    EnrollmentStanding enrollment) {
  private static final byte VERSION = 1;

  /** Copies the lists. */
  public MemberRecord {
    allowedSubnets = List.copyOf(allowedSubnets);
    overlayAddresses = List.copyOf(overlayAddresses);
  }

  /** What the view keeps of a member. */
  public static MemberRecord of(Member member) {
    return new MemberRecord(
        member.name(),
        member.endpoint(),
        member.allowedSubnets(),
        member.position(),
        member.overlayAddresses(),
        member.standing());
  }

  byte[] toBytes() {
    return new RecordWriter(VERSION)
        .text(name)
        .optional(endpoint, (out, value) -> out.text(value.toString()))
        .list(allowedSubnets, (out, subnet) -> out.text(subnet.toString()))
        .optional(position, MemberRecord::writePosition)
        .list(overlayAddresses, (out, address) -> out.text(address.toString()))
        .number(number(enrollment))
        .toBytes();
  }

  static MemberRecord read(byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    return new MemberRecord(
        reader.text(),
        reader.optional(field -> Endpoint.parse(field.text())),
        reader.list(field -> Cidr.parse(field.text())),
        reader.optional(MemberRecord::readPosition),
        reader.list(field -> IpAddress.parse(field.text())),
        enrollment((int) reader.number()));
  }

  /** The first two are written as the flag was that stood here when there were only two. */
  private static int number(EnrollmentStanding enrollment) {
    return switch (enrollment) {
      case AWAITING -> 0;
      case ENROLLED -> 1;
      case REVOKED -> 2;
    };
  }

  private static EnrollmentStanding enrollment(int number) {
    for (EnrollmentStanding enrollment : EnrollmentStanding.values()) {
      if (number(enrollment) == number) {
        return enrollment;
      }
    }
    throw new UnreadableViewException("unknown enrollment %d".formatted(number));
  }

  private static void writePosition(RecordWriter writer, Position position) {
    writer
        .fixed(Double.doubleToLongBits(position.latitude()))
        .fixed(Double.doubleToLongBits(position.longitude()));
  }

  private static Position readPosition(RecordReader reader) {
    return new Position(
        Double.longBitsToDouble(reader.fixed()), Double.longBitsToDouble(reader.fixed()));
  }
}
