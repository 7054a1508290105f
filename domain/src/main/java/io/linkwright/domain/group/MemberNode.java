package io.linkwright.domain.group;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.persistent.HashedMap;

/**
 * A member with what hangs on it.
 *
 * @param links by the member at their other end
 * @param inboundSpis the SPIs of associations this edge receives on, with the link of each
 */
record MemberNode(
    Member member, HashedMap<EdgeId, LinkId> links, HashedMap<Long, LinkId> inboundSpis) {

  static MemberNode unlinked(Member member) {
    return new MemberNode(member, HashedMap.empty(), HashedMap.empty());
  }

  MemberNode changed(Member changed) {
    return new MemberNode(changed, links, inboundSpis);
  }

  /** This member as an end of the link. */
  MemberNode linked(LinkConfiguration link) {
    EdgeId self = member.edge();
    HashedMap<Long, LinkId> spis = inboundSpis;
    for (Tunnel tunnel : link.tunnels()) {
      if (tunnel.keys() instanceof TunnelKeys.SecurityAssociations associations) {
        long spi = inbound(associations, link.id(), self).spi();
        if (spis.contains(spi)) {
          throw new IllegalStateException("%s receives twice on SPI %d".formatted(self, spi));
        }
        spis = spis.put(spi, link.id());
      }
    }
    return new MemberNode(member, links.put(link.id().peerOf(self), link.id()), spis);
  }

  /** This member without the link. */
  MemberNode unlinked(LinkConfiguration link) {
    EdgeId self = member.edge();
    HashedMap<Long, LinkId> spis = inboundSpis;
    for (Tunnel tunnel : link.tunnels()) {
      if (tunnel.keys() instanceof TunnelKeys.SecurityAssociations associations) {
        spis = spis.remove(inbound(associations, link.id(), self).spi());
      }
    }
    return new MemberNode(member, links.remove(link.id().peerOf(self)), spis);
  }

  private static SecurityAssociation inbound(
      TunnelKeys.SecurityAssociations associations, LinkId link, EdgeId self) {
    return link.edgeA().equals(self) ? associations.bToA() : associations.aToB();
  }
}
