package io.linkwright.agent.driver;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.domain.address.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Sends a small packet into every tunnel, so that the other end's counter moves even when nobody
 * has anything to say. The packet goes to the discard port (RFC 863) of the peer's overlay address;
 * that nobody listens there does not matter, since a packet is counted when it is decrypted.
 *
 * <p>One process sends all of them, in whatever network namespace the commands work in; a few at a
 * time, because an interface queues some hundred packets (500 before a TUN device) and drops
 * others' with ours beyond that.
 */
record Probes(SystemCommands commands) {
  /** At 32 every 20 ms the 1,000 links of a hub are through in 0.6 s. */
  static final int SENT_TOGETHER = 32;

  private static final String PAUSE = "sleep 0.02\n";
  private static final List<String> SHELL = List.of("bash");

  /** Sends to these; what cannot be sent is as good as lost, and shows at the other end. */
  void send(Collection<IpAddress> peers) {
    if (peers.isEmpty()) {
      return;
    }
    var _ = commands.run(new Command(Command.Purpose.PROBE, SHELL, Optional.of(script(peers))));
  }

  private static String script(Collection<IpAddress> peers) {
    return peers.stream()
        .map("echo >/dev/udp/%s/9\n"::formatted)
        .gather(Gatherers.windowFixed(SENT_TOGETHER))
        .map(together -> String.join("", together))
        .collect(Collectors.joining(PAUSE));
  }
}
