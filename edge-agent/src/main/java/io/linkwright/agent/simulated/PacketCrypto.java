package io.linkwright.agent.simulated;

import io.linkwright.agent.simulated.PacketKeys.Kind;
import io.linkwright.agent.simulated.PacketKeys.Tag;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * Encrypts and opens packets. A byte says the kind; then
 *
 * <ul>
 *   <li>ESP (RFC 4303): SPI, sequence number, initialization vector, AES-256-CBC ciphertext (RFC
 *       3602), and an integrity check value of 16 bytes, HMAC-SHA-256-128 (RFC 4868) over all
 *       before it. It is checked before anything is decrypted. There is no replay window: with
 *       manual keys RFC 4303 section 3.3.3 has none, since a sender that starts anew counts from
 *       the beginning.
 *   <li>ESP with AES-GCM (RFC 4106): the same header, 8 bytes of nonce, ciphertext and tag. The
 *       nonce is random and not counted, as below; kernels count, and install such keys once.
 *   <li>WireGuard: the receiver's index, a nonce, ChaCha20-Poly1305 (RFC 8439). The nonce is random
 *       and not counted, since the keys here outlive a restart of the sender.
 * </ul>
 *
 * <p>Owned by the thread of the network, which reuses the engines.
 */
final class PacketCrypto {
  private static final int BLOCK_BYTES = 16;
  private static final int ICV_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int GCM_IV_BYTES = 8;
  private static final int ESP_HEADER_BYTES = 1 + 2 * Integer.BYTES;
  private static final int WIREGUARD_HEADER_BYTES = 1 + Long.BYTES + NONCE_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final Cipher cbc;
  private final Cipher gcm;
  private final Cipher chacha;
  private final Mac hmac;
  private int sequence;

  PacketCrypto() {
    try {
      cbc = Cipher.getInstance("AES/CBC/PKCS5Padding");
      gcm = Cipher.getInstance("AES/GCM/NoPadding");
      chacha = Cipher.getInstance("ChaCha20-Poly1305");
      hmac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has these ciphers", absent);
    }
  }

  /** A packet that only the holder of the same keys opens. */
  byte[] encrypt(PacketKeys keys, byte[] plain) {
    try {
      return switch (keys) {
        case PacketKeys.Esp esp -> encryptEsp(esp, plain);
        case PacketKeys.EspGcm gcm -> encryptGcm(gcm, plain);
        case PacketKeys.WireGuard wireGuard -> encryptWireGuard(wireGuard, plain);
      };
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("encrypting a packet", impossible);
    }
  }

  /** Which keys the packet says it is for; empty if it is no packet. */
  Optional<Tag> tagOf(byte[] packet) {
    ByteBuffer buffer = ByteBuffer.wrap(packet);
    if (packet.length > ESP_HEADER_BYTES + GCM_IV_BYTES + ICV_BYTES
        && packet[0] == Kind.ESP.code()) {
      return Optional.of(new Tag(Kind.ESP, Integer.toUnsignedLong(buffer.getInt(1))));
    }
    if (packet.length > WIREGUARD_HEADER_BYTES && packet[0] == Kind.WIREGUARD.code()) {
      return Optional.of(new Tag(Kind.WIREGUARD, buffer.getLong(1)));
    }
    return Optional.empty();
  }

  /** What is inside; empty if the keys are others or the packet was altered. */
  Optional<byte[]> open(PacketKeys keys, byte[] packet) {
    try {
      return switch (keys) {
        case PacketKeys.Esp esp -> openEsp(esp, packet);
        case PacketKeys.EspGcm gcm -> Optional.of(openGcm(gcm, packet));
        case PacketKeys.WireGuard wireGuard -> Optional.of(openWireGuard(wireGuard, packet));
      };
    } catch (GeneralSecurityException doesNotOpen) {
      return Optional.empty();
    }
  }

  private byte[] encryptEsp(PacketKeys.Esp keys, byte[] plain) throws GeneralSecurityException {
    byte[] iv = random(BLOCK_BYTES);
    cbc.init(Cipher.ENCRYPT_MODE, keys.encryption(), new IvParameterSpec(iv));
    byte[] ciphertext = cbc.doFinal(plain);
    ByteBuffer packet =
        ByteBuffer.allocate(ESP_HEADER_BYTES + BLOCK_BYTES + ciphertext.length + ICV_BYTES);
    packet.put(Kind.ESP.code()).putInt((int) keys.spi()).putInt(++sequence);
    packet.put(iv).put(ciphertext);
    packet.put(icv(keys, packet.array(), packet.position()));
    return packet.array();
  }

  private Optional<byte[]> openEsp(PacketKeys.Esp keys, byte[] packet)
      throws GeneralSecurityException {
    int icvFrom = packet.length - ICV_BYTES;
    if (icvFrom <= ESP_HEADER_BYTES + BLOCK_BYTES) {
      return Optional.empty();
    }
    byte[] icv = Arrays.copyOfRange(packet, icvFrom, packet.length);
    if (!MessageDigest.isEqual(icv, icv(keys, packet, icvFrom))) {
      return Optional.empty();
    }
    int from = ESP_HEADER_BYTES + BLOCK_BYTES;
    cbc.init(
        Cipher.DECRYPT_MODE,
        keys.encryption(),
        new IvParameterSpec(packet, ESP_HEADER_BYTES, BLOCK_BYTES));
    return Optional.of(cbc.doFinal(packet, from, icvFrom - from));
  }

  private byte[] icv(PacketKeys.Esp keys, byte[] packet, int length)
      throws GeneralSecurityException {
    hmac.init(keys.authentication());
    hmac.update(packet, 0, length);
    return Arrays.copyOf(hmac.doFinal(), ICV_BYTES);
  }

  private byte[] encryptGcm(PacketKeys.EspGcm keys, byte[] plain) throws GeneralSecurityException {
    byte[] iv = random(GCM_IV_BYTES);
    ByteBuffer packet =
        ByteBuffer.allocate(ESP_HEADER_BYTES + GCM_IV_BYTES + plain.length + ICV_BYTES);
    packet.put(Kind.ESP.code()).putInt((int) keys.spi()).putInt(++sequence);
    gcm.init(Cipher.ENCRYPT_MODE, keys.encryption(), nonce(keys, iv, 0));
    gcm.updateAAD(packet.array(), 0, ESP_HEADER_BYTES);
    return packet.put(iv).put(gcm.doFinal(plain)).array();
  }

  private byte[] openGcm(PacketKeys.EspGcm keys, byte[] packet) throws GeneralSecurityException {
    gcm.init(Cipher.DECRYPT_MODE, keys.encryption(), nonce(keys, packet, ESP_HEADER_BYTES));
    gcm.updateAAD(packet, 0, ESP_HEADER_BYTES);
    int from = ESP_HEADER_BYTES + GCM_IV_BYTES;
    return gcm.doFinal(packet, from, packet.length - from);
  }

  private static GCMParameterSpec nonce(PacketKeys.EspGcm keys, byte[] bytes, int ivFrom) {
    ByteBuffer nonce =
        ByteBuffer.allocate(NONCE_BYTES).putInt(keys.salt()).put(bytes, ivFrom, GCM_IV_BYTES);
    return new GCMParameterSpec(ICV_BYTES * Byte.SIZE, nonce.array());
  }

  private byte[] encryptWireGuard(PacketKeys.WireGuard keys, byte[] plain)
      throws GeneralSecurityException {
    byte[] nonce = random(NONCE_BYTES);
    chacha.init(Cipher.ENCRYPT_MODE, keys.encryption(), new IvParameterSpec(nonce));
    byte[] ciphertext = chacha.doFinal(plain);
    return ByteBuffer.allocate(WIREGUARD_HEADER_BYTES + ciphertext.length)
        .put(Kind.WIREGUARD.code())
        .putLong(keys.index())
        .put(nonce)
        .put(ciphertext)
        .array();
  }

  private byte[] openWireGuard(PacketKeys.WireGuard keys, byte[] packet)
      throws GeneralSecurityException {
    chacha.init(
        Cipher.DECRYPT_MODE,
        keys.encryption(),
        new IvParameterSpec(packet, 1 + Long.BYTES, NONCE_BYTES));
    return chacha.doFinal(packet, WIREGUARD_HEADER_BYTES, packet.length - WIREGUARD_HEADER_BYTES);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
