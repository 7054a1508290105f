package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.key.SealedSecrets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Names a sealed blob in the signed document, so that the signature covers it: SHA-256 over {@code
 * "linkwright.v1 sealed secrets\0"}, then suite (UTF-8), encapsulated key, nonce and ciphertext,
 * each after its length as 4 bytes, big end first, then the key version as 4 bytes. Thread-safe.
 */
public final class SecretsDigest {
  private static final byte[] PREFIX = "linkwright.v1 sealed secrets\0".getBytes(US_ASCII);

  private SecretsDigest() {}

  /** 64 hexadecimal digits, in lower case. */
  public static String of(SealedSecrets sealed) {
    MessageDigest digest = Sha256.digest();
    digest.update(PREFIX);
    update(digest, sealed.suite().getBytes(UTF_8));
    update(digest, sealed.encapsulatedKey());
    update(digest, sealed.nonce());
    update(digest, sealed.ciphertext());
    updateNumber(digest, sealed.keyVersion());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, byte[] field) {
    updateNumber(digest, field.length);
    digest.update(field);
  }

  private static void updateNumber(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}
