package io.linkwright.domain.link;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.id.EdgeId;
import java.util.List;
import java.util.Optional;

/** What the far end of a link must know of a member to reach it. */
public record LinkEnd(EdgeId edge, Optional<Endpoint> endpoint, List<Cidr> allowedSubnets) {

  /** Copies the list. */
  public LinkEnd {
    allowedSubnets = List.copyOf(allowedSubnets);
  }
}
