package io.linkwright.domain.member;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
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
