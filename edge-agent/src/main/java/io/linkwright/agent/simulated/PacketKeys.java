package io.linkwright.agent.simulated;

import javax.crypto.spec.SecretKeySpec;

/** The keys of one direction of a simulated tunnel, and how its packets name them. */
sealed interface PacketKeys {

  /** How a packet says which keys it is for; unique among what a receiver runs. */
  record Tag(Kind kind, long value) {}

  /** Kinds of packets, and the byte they begin with. */
  enum Kind {
    ESP(1),
    WIREGUARD(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }
  }

  /** What the receiver looks up. */
  Tag tag();

  /**
   * One security association (RFC 4303).
   *
   * @param spi of the receiver
   */
  record Esp(long spi, SecretKeySpec encryption, SecretKeySpec authentication)
      implements PacketKeys {
    @Override
    public Tag tag() {
      return new Tag(Kind.ESP, spi);
    }

    @Override
    public String toString() {
      return "Esp[redacted]";
    }
  }

  /**
   * One security association of AES-GCM (RFC 4106).
   *
   * @param salt first 4 bytes of every nonce
   */
  record EspGcm(long spi, SecretKeySpec encryption, int salt) implements PacketKeys {
    @Override
    public Tag tag() {
      return new Tag(Kind.ESP, spi);
    }

    @Override
    public String toString() {
      return "EspGcm[redacted]";
    }
  }

  /**
   * One direction of a session.
   *
   * @param index derived with the key, in place of the index that a WireGuard handshake agrees on
   */
  record WireGuard(long index, SecretKeySpec encryption) implements PacketKeys {
    @Override
    public Tag tag() {
      return new Tag(Kind.WIREGUARD, index);
    }

    @Override
    public String toString() {
      return "WireGuard[redacted]";
    }
  }
}
