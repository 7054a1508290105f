package io.linkwright.domain;

import java.util.List;
import java.util.Optional;

/** What the far end of a link must know of a member to reach it. */
public record LinkEnd(EdgeId edge, Optional<Endpoint> endpoint, List<Cidr> allowedSubnets) {

  /** Copies the list. */
  public LinkEnd {
    allowedSubnets = List.copyOf(allowedSubnets);
  }
}
