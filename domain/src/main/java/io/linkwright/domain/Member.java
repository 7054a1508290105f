package io.linkwright.domain;

import java.util.List;
import java.util.Optional;

/**
 * An edge in a group.
 *
 * @param keys empty while the member awaits enrollment
 * @param overlayAddresses one for each tunnel index of the group
 */
public record Member(
    EdgeId edge,
    String name,
    Optional<Endpoint> endpoint,
    List<Cidr> allowedSubnets,
    Optional<Position> position,
    Optional<MemberKeys> keys,
    List<IpAddress> overlayAddresses) {

  /** Copies the lists. */
  public Member {
    allowedSubnets = List.copyOf(allowedSubnets);
    overlayAddresses = List.copyOf(overlayAddresses);
  }
}
