package io.linkwright.domain.member;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import java.util.List;
import java.util.Optional;

/**
 * An edge in a group.
 *
 * @param keys empty while the member awaits enrollment
 * @param overlayAddresses one for each tunnel index of the group
 * @param enrollment empty if no token has to do with it
 */
public record Member(
    EdgeId edge,
    String name,
    Optional<Endpoint> endpoint,
    List<Cidr> allowedSubnets,
    Optional<Position> position,
    Optional<MemberKeys> keys,
    List<IpAddress> overlayAddresses,
    Optional<Enrollment> enrollment) {

  /** Copies the lists. */
  public Member {
    allowedSubnets = List.copyOf(allowedSubnets);
    overlayAddresses = List.copyOf(overlayAddresses);
  }

  /** Whether it has keys, in a word. */
  public EnrollmentStanding standing() {
    if (keys.isPresent()) {
      return EnrollmentStanding.ENROLLED;
    }
    return enrollment.filter(Enrollment.Revoked.class::isInstance).isPresent()
        ? EnrollmentStanding.REVOKED
        : EnrollmentStanding.AWAITING;
  }

  public Member withEnrollment(Optional<Enrollment> next) {
    return with(keys, next);
  }

  public Member enrolledBy(TokenHash token, MemberKeys newKeys) {
    return with(Optional.of(newKeys), Optional.of(new Enrollment.Enrolled(token)));
  }

  public Member revoked() {
    return with(Optional.empty(), Optional.of(new Enrollment.Revoked()));
  }

  private Member with(Optional<MemberKeys> nextKeys, Optional<Enrollment> nextEnrollment) {
    return new Member(
        edge, name, endpoint, allowedSubnets, position, nextKeys, overlayAddresses, nextEnrollment);
  }
}
