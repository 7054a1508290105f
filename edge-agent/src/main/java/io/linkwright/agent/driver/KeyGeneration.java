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
record KeyGeneration(PeerLink link, PeerAddress self, PeerAddress peer) {
  private static final PeerAddress NOWHERE = new PeerAddress.Unsaid();

  /** With the addresses that are known now. */
  static KeyGeneration of(PeerLink link, ProtocolObjects protocol, EndpointAddresses names) {
    PeerTunnel first = first(link);
    return new KeyGeneration(
        link,
        protocol.usedOwnEndpoint(first).map(own -> find(own, names)).orElse(NOWHERE),
        first.peerEndpoint().map(peer -> find(peer, names)).orElse(NOWHERE));
  }

  private static PeerTunnel first(PeerLink link) {
    return link.configuration().tunnels().getFirst();
  }

  private static PeerAddress find(Endpoint endpoint, EndpointAddresses names) {
    return names
        .addressOf(endpoint.host())
        .<PeerAddress>map(address -> new PeerAddress.At(endpoint.host(), address))
        .orElseGet(() -> new PeerAddress.Unresolved(endpoint.host()));
  }

  /** The same with the addresses that are known now, as far as the protocol can follow. */
  KeyGeneration after(EndpointAddresses names, ProtocolObjects protocol) {
    return new KeyGeneration(link, after(self, names, protocol), after(peer, names, protocol));
  }

  private static PeerAddress after(
      PeerAddress before, EndpointAddresses names, ProtocolObjects protocol) {
    return switch (before) {
      case PeerAddress.Unsaid unsaid -> unsaid;
      case PeerAddress.Unresolved(String host) -> known(host, names, before);
      case PeerAddress.At at -> moved(at, names, protocol);
      case PeerAddress.Moved(String host, IpAddress known, _) ->
          moved(new PeerAddress.At(host, known), names, protocol);
    };
  }

  private static PeerAddress known(String host, EndpointAddresses names, PeerAddress otherwise) {
    return names
        .addressOf(host)
        .<PeerAddress>map(address -> new PeerAddress.At(host, address))
        .orElse(otherwise);
  }

  private static PeerAddress moved(
      PeerAddress.At before, EndpointAddresses names, ProtocolObjects protocol) {
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
    return self instanceof PeerAddress.Unresolved || peer instanceof PeerAddress.Unresolved;
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
