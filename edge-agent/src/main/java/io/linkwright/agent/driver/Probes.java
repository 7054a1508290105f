package io.linkwright.agent.driver;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.domain.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sends a small packet into every tunnel, so that the other end's counter moves even when nobody
 * has anything to say. The packet goes to the discard port (RFC 863) of the peer's overlay address;
 * that nobody listens there does not matter, since a packet is counted when it is decrypted.
 *
 * <p>One process sends all of them, in whatever network namespace the commands work in.
 */
record Probes(SystemCommands commands) {
  private static final List<String> SHELL = List.of("bash");

  /** Sends to these; what cannot be sent is as good as lost, and shows at the other end. */
  void send(Collection<IpAddress> peers) {
    if (peers.isEmpty()) {
      return;
    }
    String script =
        peers.stream().map("echo >/dev/udp/%s/9\n"::formatted).collect(Collectors.joining());
    var _ = commands.run(new Command(Command.Purpose.PROBE, SHELL, Optional.of(script)));
  }
}
