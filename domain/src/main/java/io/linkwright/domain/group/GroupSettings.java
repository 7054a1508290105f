package io.linkwright.domain.group;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Optional;

/**
 * What a peering group is, apart from its members and links.
 *
 * @param hub the member that every spoke is linked to; empty unless hub-spoke. It may name an edge
 *     that is not a member yet
 * @param addressPool where overlay addresses are taken from
 * @param rekeyEvery after which links get new keys; empty: only when something asks for it
 * @param associations of an IPsec group; the default otherwise
 */
public record GroupSettings(
    GroupId id,
    String name,
    Topology topology,
    TunnelProtocol tunnelProtocol,
    boolean dualTunnel,
    Optional<EdgeId> hub,
    Cidr addressPool,
    Optional<RekeyInterval> rekeyEvery,
    SaPolicy associations) {

  /** Pool of a group that names none: shared address space (RFC 6598) seldom routed on a site. */
  public static final Cidr DEFAULT_ADDRESS_POOL = Cidr.parse("100.64.0.0/16");

  /** A group whose links keep their keys until something asks for new ones. */
  public GroupSettings(
      GroupId id,
      String name,
      Topology topology,
      TunnelProtocol tunnelProtocol,
      boolean dualTunnel,
      Optional<EdgeId> hub,
      Cidr addressPool) {
    this(id, name, topology, tunnelProtocol, dualTunnel, hub, addressPool, Optional.empty());
  }

  /** A group whose security associations, if it has any, are the usual ones. */
  public GroupSettings(
      GroupId id,
      String name,
      Topology topology,
      TunnelProtocol tunnelProtocol,
      boolean dualTunnel,
      Optional<EdgeId> hub,
      Cidr addressPool,
      Optional<RekeyInterval> rekeyEvery) {
    this(
        id,
        name,
        topology,
        tunnelProtocol,
        dualTunnel,
        hub,
        addressPool,
        rekeyEvery,
        SaPolicy.DEFAULT);
  }

  /** Tunnels of each link: 1, or 2 with dual tunnel. */
  public int tunnelCount() {
    return dualTunnel ? 2 : 1;
  }
}
