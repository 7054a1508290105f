package io.linkwright.agent.driver;

import java.util.TreeSet;

/** A WireGuard peer of the fake kernel. */
final class FakePeer {
  final String key;
  final TreeSet<String> allowedIps = new TreeSet<>();
  String presharedKey = "(none)";
  String endpoint = "(none)";
  String keepalive = "off";
  long handshakeEpochSeconds;
  long receivedBytes;

  FakePeer(String key) {
    this.key = key;
  }

  /** A packet came in, in a session that was agreed on at this time. */
  void receive(long atEpochSeconds) {
    handshakeEpochSeconds = atEpochSeconds;
    receivedBytes += 32;
  }

  String dump() {
    return String.join(
            "\t",
            key,
            presharedKey,
            endpoint,
            allowedIps.isEmpty() ? "(none)" : String.join(",", allowedIps),
            Long.toString(handshakeEpochSeconds),
            Long.toString(receivedBytes),
            "0",
            keepalive)
        + "\n";
  }
}
