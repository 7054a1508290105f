package io.linkwright.domain.link;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SaLimits;
import java.util.List;

/**
 * A link as both ends are to run it, without the secrets. Complete in itself, so that a consumer
 * needs no other event to act on it.
 *
 * @param keyVersion 1 for a new link, one more at every change of the link
 * @param limits of each security association; none with WireGuard
 */
public record LinkConfiguration(
    LinkId id,
    TunnelProtocol protocol,
    int keyVersion,
    LinkEnd endA,
    LinkEnd endB,
    List<Tunnel> tunnels,
    SaLimits limits) {

  /**
   * Checks that ends and tunnels belong to the link.
   *
   * @throws IllegalArgumentException if the ends are not those of the id or there is no tunnel
   */
  public LinkConfiguration {
    if (!id.edgeA().equals(endA.edge()) || !id.edgeB().equals(endB.edge())) {
      throw new IllegalArgumentException(
          "%s does not end at %s and %s".formatted(id, endA.edge(), endB.edge()));
    }
    tunnels = List.copyOf(tunnels);
    if (tunnels.isEmpty()) {
      throw new IllegalArgumentException("link %s has no tunnel".formatted(id));
    }
  }

  /** A link whose keys may carry as much as they like. */
  public LinkConfiguration(
      LinkId id,
      TunnelProtocol protocol,
      int keyVersion,
      LinkEnd endA,
      LinkEnd endB,
      List<Tunnel> tunnels) {
    this(id, protocol, keyVersion, endA, endB, tunnels, SaLimits.NONE);
  }

  /** Whether both ends have enrolled, so that the link can be configured. */
  public boolean isConfigurable() {
    for (Tunnel tunnel : tunnels) {
      if (tunnel.keys() instanceof TunnelKeys.AwaitingEnrollment) {
        return false;
      }
    }
    return true;
  }
}
