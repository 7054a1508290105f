package io.linkwright.agent.driver;

import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.Endpoint;
import io.linkwright.domain.IpAddress;
import io.linkwright.domain.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.TunnelSecrets;
import java.util.Optional;

/**
 * A link with the keys of one version, and with its endpoints' names resolved. Every change of a
 * link brings new keys, so this is also the link as it was at one time.
 *
 * @param local underlay address of this edge
 * @param remote underlay address of the peer
 */
record KeyGeneration(PeerLink link, Optional<IpAddress> local, Optional<IpAddress> remote) {

  /**
   * Resolves the endpoints.
   *
   * @throws LinkRefusedException if there is no address for one of them
   */
  static KeyGeneration of(PeerLink link, Resolver resolver) throws LinkRefusedException {
    PeerTunnel first = link.configuration().tunnels().getFirst();
    return new KeyGeneration(
        link,
        resolve(link, first.localEndpoint(), resolver),
        resolve(link, first.peerEndpoint(), resolver));
  }

  private static Optional<IpAddress> resolve(
      PeerLink link, Optional<Endpoint> endpoint, Resolver resolver) throws LinkRefusedException {
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    String host = endpoint.get().host();
    Optional<IpAddress> address = resolver.resolve(host);
    if (address.isEmpty()) {
      throw new LinkRefusedException(
          "link %s: endpoint %s does not resolve; correct the member's endpoint, or the name"
                  .formatted(link.configuration().link(), host)
              + " service of this edge");
    }
    return address;
  }

  int keyVersion() {
    return link.configuration().keyVersion();
  }

  Optional<PeerTunnel> tunnel(int index) {
    return link.configuration().tunnels().stream()
        .filter(tunnel -> tunnel.index() == index)
        .findFirst();
  }

  TunnelSecrets secrets(int index) {
    return link.secrets().tunnels().get(index);
  }
}
