package io.linkwright.edgeprotocol;

import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is inside a sealed blob: a version byte, the number of tunnels, and for each tunnel a byte
 * that names the kind before the raw keys (32 bytes preshared, or 64 bytes A to B and 64 B to A).
 */
final class SecretsEncoding {
  private static final byte VERSION = 1;
  private static final byte PRESHARED = 1;
  private static final byte ASSOCIATIONS = 2;
  private static final int MAX_LENGTH_BYTES =
      2 + Tunnel.MAX_PER_LINK * (1 + 2 * SaSecrets.LENGTH_BYTES);

  private SecretsEncoding() {}

  static byte[] encode(List<TunnelSecrets> tunnels) {
    ByteBuffer buffer = ByteBuffer.allocate(lengthOf(tunnels));
    buffer.put(VERSION).put((byte) tunnels.size());
    for (TunnelSecrets tunnel : tunnels) {
      switch (tunnel) {
        case PresharedSecret preshared -> buffer.put(PRESHARED).put(preshared.key());
        case SaSecrets keys -> buffer.put(ASSOCIATIONS).put(keys.aToB()).put(keys.bToA());
      }
    }
    return buffer.array();
  }

  private static int lengthOf(List<TunnelSecrets> tunnels) {
    int length = 2;
    for (TunnelSecrets tunnel : tunnels) {
      length +=
          switch (tunnel) {
            case PresharedSecret _ -> 1 + PresharedSecret.LENGTH_BYTES;
            case SaSecrets _ -> 1 + 2 * SaSecrets.LENGTH_BYTES;
          };
    }
    return length;
  }

  static List<TunnelSecrets> decode(byte[] bytes) throws ProtocolException {
    if (bytes.length > MAX_LENGTH_BYTES) {
      throw malformed("too long");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (buffer.get() != VERSION) {
        throw malformed("unknown version");
      }
      int count = buffer.get();
      List<TunnelSecrets> tunnels = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tunnels.add(decodeTunnel(buffer));
      }
      if (buffer.hasRemaining()) {
        throw malformed("more than was announced");
      }
      return tunnels;
    } catch (BufferUnderflowException tooShort) {
      throw new ProtocolException("opened secrets are malformed: too short", tooShort);
    }
  }

  private static TunnelSecrets decodeTunnel(ByteBuffer buffer) throws ProtocolException {
    byte kind = buffer.get();
    return switch (kind) {
      case PRESHARED -> new PresharedSecret(next(buffer, PresharedSecret.LENGTH_BYTES));
      case ASSOCIATIONS ->
          new SaSecrets(next(buffer, SaSecrets.LENGTH_BYTES), next(buffer, SaSecrets.LENGTH_BYTES));
      default -> throw malformed("unknown kind of tunnel " + kind);
    };
  }

  private static byte[] next(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private static ProtocolException malformed(String reason) {
    return new ProtocolException("opened secrets are malformed: " + reason);
  }
}
