package io.linkwright.domain.delivery;

import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import java.util.List;

/**
 * What the controller signs for a member: what it is in the group, apart from its links.
 *
 * @param revision of the event that made it
 * @param identity the key the edge proves itself with when it connects
 * @param overlayAddresses one for each tunnel index
 */
public record MembershipDocument(
    GroupId group,
    long revision,
    EdgeId edge,
    String name,
    PublicKey identity,
    List<IpAddress> overlayAddresses) {

  /** Copies the list. */
  public MembershipDocument {
    overlayAddresses = List.copyOf(overlayAddresses);
  }
}
