package io.linkwright.agent.simulated;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * The conversation of a probe: request, reply, confirmation, each with the number of the request.
 * The reply proves both ways to the end that asked, the confirmation to the other. Owned by the
 * network's thread.
 */
final class Prober {
  private static final byte REQUEST = 1;
  private static final byte REPLY = 2;
  private static final byte CONFIRMATION = 3;
  private static final int LENGTH_BYTES = 1 + Long.BYTES;

  private final PacketCrypto crypto = new PacketCrypto();
  private long probes;

  /**
   * A packet that got through.
   *
   * @param answer the packet to send back
   */
  record Received(SimulatedTunnel tunnel, boolean provesBothWays, Optional<byte[]> answer) {}

  /** The first packet of a new probe. */
  byte[] request(SimulatedTunnel tunnel) {
    tunnel.await(++probes);
    return encrypt(tunnel, REQUEST, probes);
  }

  /** What an edge with these tunnels makes of a packet; empty if it cannot open it. */
  Optional<Received> receive(Map<PacketKeys.Tag, SimulatedDriver.Inbound> inbound, byte[] packet) {
    Optional<SimulatedDriver.Inbound> found =
        crypto.tagOf(packet).flatMap(tag -> Optional.ofNullable(inbound.get(tag)));
    return found.flatMap(
        to ->
            crypto
                .open(to.keys().inbound(), packet)
                .filter(plain -> plain.length == LENGTH_BYTES)
                .flatMap(plain -> understand(to.tunnel(), ByteBuffer.wrap(plain))));
  }

  private Optional<Received> understand(SimulatedTunnel tunnel, ByteBuffer plain) {
    byte kind = plain.get();
    long number = plain.getLong();
    return switch (kind) {
      case REQUEST -> {
        tunnel.await(number);
        yield Optional.of(new Received(tunnel, false, Optional.of(encrypt(tunnel, REPLY, number))));
      }
      case REPLY -> awaited(tunnel, number, Optional.of(encrypt(tunnel, CONFIRMATION, number)));
      case CONFIRMATION -> awaited(tunnel, number, Optional.empty());
      default -> Optional.empty();
    };
  }

  private static Optional<Received> awaited(
      SimulatedTunnel tunnel, long number, Optional<byte[]> answer) {
    return tunnel.awaited() == number
        ? Optional.of(new Received(tunnel, true, answer))
        : Optional.empty();
  }

  private byte[] encrypt(SimulatedTunnel tunnel, byte kind, long number) {
    return crypto.encrypt(
        tunnel.outbound(), ByteBuffer.allocate(LENGTH_BYTES).put(kind).putLong(number).array());
  }
}
