package io.linkwright.domain;

import java.util.List;
import java.util.Optional;

/** A member as a client describes it; overlay addresses are not its to choose. */
public record NewMember(
    EdgeId edge,
    String name,
    Optional<Endpoint> endpoint,
    List<Cidr> allowedSubnets,
    Optional<Position> position,
    Optional<MemberKeys> keys) {

  /** Copies the list. */
  public NewMember {
    allowedSubnets = List.copyOf(allowedSubnets);
  }
}
