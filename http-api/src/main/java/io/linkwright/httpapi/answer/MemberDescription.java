package io.linkwright.httpapi.answer;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;

/**
 * What a member is, in the words of the command that describes it.
 *
 * @param enrolled whether it has keys
 * @param latitude degrees north; nothing where it is not known
 * @param longitude degrees east; nothing where it is not known
 */
public record MemberDescription(
    String name,
    Optional<Endpoint> endpoint,
    boolean enrolled,
    EnrollmentStanding enrollment,
    List<Cidr> allowedSubnets,
    List<IpAddress> overlayAddresses,
    Optional<Double> latitude,
    Optional<Double> longitude) {

  /** Copies the lists. */
  public MemberDescription {
    allowedSubnets = List.copyOf(allowedSubnets);
    overlayAddresses = List.copyOf(overlayAddresses);
  }

  /** This member as the API shows it. */
  public static MemberDescription of(Member member) {
    return new MemberDescription(
        member.name(),
        member.endpoint(),
        member.standing() == EnrollmentStanding.ENROLLED,
        member.standing(),
        member.allowedSubnets(),
        member.overlayAddresses(),
        member.position().map(Position::latitude),
        member.position().map(Position::longitude));
  }
}
