package io.linkwright.domain;

import java.util.Optional;

/**
 * What a peering group is, apart from its members and links.
 *
 * @param hub the member that every spoke is linked to; empty unless hub-spoke. It may name an edge
 *     that is not a member yet
 * @param addressPool where overlay addresses are taken from
 */
public record GroupSettings(
    GroupId id,
    String name,
    Topology topology,
    TunnelProtocol tunnelProtocol,
    boolean dualTunnel,
    Optional<EdgeId> hub,
    Cidr addressPool) {

  /** Pool of a group that names none: shared address space (RFC 6598) seldom routed on a site. */
  public static final Cidr DEFAULT_ADDRESS_POOL = Cidr.parse("100.64.0.0/16");

  /** Tunnels of each link: 1, or 2 with dual tunnel. */
  public int tunnelCount() {
    return dualTunnel ? 2 : 1;
  }
}
