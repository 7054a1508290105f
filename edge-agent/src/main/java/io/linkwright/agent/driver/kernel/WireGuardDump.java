package io.linkwright.agent.driver.kernel;

import io.linkwright.agent.driver.kernel.KernelObject.Identity;
import io.linkwright.agent.driver.kernel.KernelObject.Peer;
import io.linkwright.agent.driver.kernel.KernelObject.SocketAddress;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.key.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code wg show INTERFACE dump} says: a line for the interface, then one for each peer,
 * fields between tabs.
 *
 * @param identity none while the interface has no private key
 */
record WireGuardDump(Optional<Identity> identity, List<PeerLine> peers) {
  private static final String NONE = "(none)";

  /**
   * A peer and how it does.
   *
   * @param lastHandshakeEpochSeconds zero before the first
   */
  record PeerLine(Peer peer, long lastHandshakeEpochSeconds, long receivedBytes) {}

  /** Reads the dump of this interface; an empty text is an interface without anything. */
  static WireGuardDump parse(String interfaceName, String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return new WireGuardDump(Optional.empty(), List.of());
    }
    String[] own = lines.getFirst().split("\t", -1);
    Optional<Identity> identity =
        given(own[0])
            .map(
                key ->
                    new Identity(
                        interfaceName,
                        KeyBytes.ofBase64(key),
                        Optional.of(Integer.parseInt(own[2]))));
    List<PeerLine> peers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      peers.add(peer(interfaceName, line.split("\t", -1)));
    }
    return new WireGuardDump(identity, peers);
  }

  private static PeerLine peer(String interfaceName, String[] fields) {
    return new PeerLine(
        new Peer(
            interfaceName,
            new PublicKey(fields[0]),
            given(fields[1]).map(KeyBytes::ofBase64),
            given(fields[2]).map(WireGuardDump::socketAddress),
            given(fields[3])
                .map(list -> Arrays.stream(list.split(",", -1)).map(Cidr::parse).toList())
                .orElse(List.of()),
            fields[7].equals("off") ? 0 : Integer.parseInt(fields[7])),
        Long.parseLong(fields[4]),
        Long.parseLong(fields[5]));
  }

  private static SocketAddress socketAddress(String text) {
    Endpoint endpoint = Endpoint.parse(text);
    return new SocketAddress(IpAddress.parse(endpoint.host()), endpoint.port());
  }

  private static Optional<String> given(String field) {
    return field.equals(NONE) ? Optional.empty() : Optional.of(field);
  }
}
