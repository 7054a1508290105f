package io.linkwright.domain.link;

import io.linkwright.domain.group.Decider;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import java.util.List;

/**
 * The secrets of all tunnels of a link, as both of its edges need them. Derived from the command's
 * seed each time they are needed and kept nowhere.
 *
 * @param tunnels by tunnel index
 */
public record LinkSecrets(LinkId link, int keyVersion, List<TunnelSecrets> tunnels) {

  /** Copies the list. */
  public LinkSecrets {
    tunnels = List.copyOf(tunnels);
  }

  /**
   * The secrets whose fingerprints stand in the event that {@link Decider} made of the same seed:
   * one expand of HKDF-SHA256 (RFC 5869) for all tunnels and directions, bound to link, key version
   * and protocol.
   */
  public static LinkSecrets derive(
      KeySeed seed, LinkId link, int keyVersion, TunnelProtocol protocol, int tunnelCount) {
    return LinkKeyMaterial.derive(
            seed, new LinkKeyMaterial.Purpose(link, keyVersion, protocol, tunnelCount))
        .secrets();
  }
}
