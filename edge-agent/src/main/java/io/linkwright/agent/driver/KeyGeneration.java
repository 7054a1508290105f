package io.linkwright.agent.driver;

import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.link.TunnelSecrets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A link with the keys of one revision, and where its ends are. Every change of a link brings new
 * keys, so this is also the link as it was at one time.
 *
 * @param self this edge's end, if the protocol has to know it
 */
record KeyGeneration(PeerLink link, Whereabouts self, Whereabouts peer) {
  private static final Whereabouts NOWHERE = new Whereabouts.Unsaid();

  /** With the addresses that are known now. */
  static KeyGeneration of(PeerLink link, ProtocolObjects protocol, Names names) {
    PeerTunnel first = first(link);
    return new KeyGeneration(
        link,
        protocol.usedOwnEndpoint(first).map(own -> find(own, names)).orElse(NOWHERE),
        first.peerEndpoint().map(peer -> find(peer, names)).orElse(NOWHERE));
  }

  private static PeerTunnel first(PeerLink link) {
    return link.configuration().tunnels().getFirst();
  }

  private static Whereabouts find(Endpoint endpoint, Names names) {
    return names
        .addressOf(endpoint.host())
        .<Whereabouts>map(address -> new Whereabouts.At(endpoint.host(), address))
        .orElseGet(() -> new Whereabouts.Unresolved(endpoint.host()));
  }

  /** The same with the addresses that are known now, as far as the protocol can follow. */
  KeyGeneration after(Names names, ProtocolObjects protocol) {
    return new KeyGeneration(link, after(self, names, protocol), after(peer, names, protocol));
  }

  private static Whereabouts after(Whereabouts before, Names names, ProtocolObjects protocol) {
    return switch (before) {
      case Whereabouts.Unsaid unsaid -> unsaid;
      case Whereabouts.Unresolved(String host) -> known(host, names, before);
      case Whereabouts.At at -> moved(at, names, protocol);
      case Whereabouts.Moved(String host, IpAddress known, _) ->
          moved(new Whereabouts.At(host, known), names, protocol);
    };
  }

  private static Whereabouts known(String host, Names names, Whereabouts otherwise) {
    return names
        .addressOf(host)
        .<Whereabouts>map(address -> new Whereabouts.At(host, address))
        .orElse(otherwise);
  }

  private static Whereabouts moved(Whereabouts.At before, Names names, ProtocolObjects protocol) {
    return names
        .addressOf(before.host())
        .filter(now -> !now.equals(before.known()))
        .map(now -> protocol.moved(before, now))
        .orElse(before);
  }

  /** Underlay address of this edge. */
  Optional<IpAddress> local() {
    return self.address();
  }

  /** Underlay address of the peer. */
  Optional<IpAddress> remote() {
    return peer.address();
  }

  /** Why the link does not work as it is, in words for an operator; empty if nothing is known. */
  Optional<String> trouble() {
    return Stream.of(self.trouble(), peer.trouble(), ofDifferentFamilies())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Whether an end is a name that has no address until now. */
  boolean awaitsName() {
    return self instanceof Whereabouts.Unresolved || peer instanceof Whereabouts.Unresolved;
  }

  private Optional<String> ofDifferentFamilies() {
    return local().isEmpty() || remote().isEmpty() || isOfOneFamily()
        ? Optional.empty()
        : Optional.of(
            "endpoints %s and %s do not go together; both must be IPv4 or both IPv6"
                .formatted(local().get(), remote().get()));
  }

  /** Whether packets can go from one end to the other. */
  boolean isOfOneFamily() {
    return local().map(IpAddress::family).equals(remote().map(IpAddress::family));
  }

  /** Tells one generation from another: key versions begin anew with a link that was removed. */
  long revision() {
    return link.configuration().revision();
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
