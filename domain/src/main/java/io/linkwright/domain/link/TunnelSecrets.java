package io.linkwright.domain.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The secret half of {@link TunnelKeys}. Never on a topic unsealed, never in a message. */
public sealed interface TunnelSecrets {

  /** WireGuard: 32 bytes mixed into the handshake. */
  final class PresharedSecret implements TunnelSecrets {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 32;

    private final byte[] key;

    /** Wraps a copy of 32 bytes. */
    public PresharedSecret(byte[] key) {
      this.key = requireLength(key, LENGTH_BYTES);
    }

    /** A copy of the key. */
    public byte[] key() {
      return key.clone();
    }

    @Override
    public String toString() {
      return "PresharedSecret[redacted]";
    }
  }

  /** IPsec: keys for each direction, encryption key (32 bytes) before authentication key (32). */
  final class SaSecrets implements TunnelSecrets {
    /** Length of one direction's keys in bytes. */
    public static final int LENGTH_BYTES = 64;

    private final byte[] aToB;
    private final byte[] bToA;

    /** Wraps copies of 64 bytes each. */
    public SaSecrets(byte[] aToB, byte[] bToA) {
      this.aToB = requireLength(aToB, LENGTH_BYTES);
      this.bToA = requireLength(bToA, LENGTH_BYTES);
    }

    /** A copy of the keys for packets from A to B. */
    public byte[] aToB() {
      return aToB.clone();
    }

    /** A copy of the keys for packets from B to A. */
    public byte[] bToA() {
      return bToA.clone();
    }

    @Override
    public String toString() {
      return "SaSecrets[redacted]";
    }
  }

  /**
   * Recognizes a key without telling it: the first 16 bytes of its SHA-256 in hexadecimal. Safe to
   * publish because the keys have 256 random bits.
   */
  static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }

  private static byte[] requireLength(byte[] key, int lengthBytes) {
    if (key.length != lengthBytes) {
      throw new IllegalArgumentException("a key of %d bytes is needed".formatted(lengthBytes));
    }
    return key.clone();
  }
}
