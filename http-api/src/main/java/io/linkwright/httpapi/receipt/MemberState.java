package io.linkwright.httpapi.receipt;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A member after a command. Never the hash of its token: nobody has a use for it.
 *
 * @param awaitingEnrollment whether it has no keys
 * @param tokenExpiresAt of a member that waits for its device
 */
public record MemberState(
    EdgeId edge,
    String name,
    Optional<Endpoint> endpoint,
    List<Cidr> allowedSubnets,
    Optional<Double> latitude,
    Optional<Double> longitude,
    boolean awaitingEnrollment,
    EnrollmentStanding enrollment,
    Optional<Instant> tokenExpiresAt,
    List<IpAddress> overlayAddresses) {

  /** Copies the lists. */
  public MemberState {
    allowedSubnets = List.copyOf(allowedSubnets);
    overlayAddresses = List.copyOf(overlayAddresses);
  }

  /** This member as the API shows it. */
  public static MemberState of(Member member) {
    return new MemberState(
        member.edge(),
        member.name(),
        member.endpoint(),
        member.allowedSubnets(),
        member.position().map(Position::latitude),
        member.position().map(Position::longitude),
        member.keys().isEmpty(),
        member.standing(),
        tokenExpiry(member),
        member.overlayAddresses());
  }

  private static Optional<Instant> tokenExpiry(Member member) {
    return member.enrollment().orElse(null) instanceof Enrollment.Invited(_, Instant expiresAt)
        ? Optional.of(expiresAt)
        : Optional.empty();
  }
}
