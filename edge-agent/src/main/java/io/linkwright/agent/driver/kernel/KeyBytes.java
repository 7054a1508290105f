package io.linkwright.agent.driver.kernel;

import io.linkwright.domain.link.TunnelSecrets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A secret key on its way into the kernel or found there. Comparable, not printable. Immutable. */
public final class KeyBytes {
  private final byte[] bytes;

  private KeyBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps a copy. */
  public static KeyBytes of(byte[] bytes) {
    return new KeyBytes(bytes.clone());
  }

  /**
   * Reads what {@code wg} writes.
   *
   * @throws IllegalArgumentException if the text is not base64
   */
  static KeyBytes ofBase64(String text) {
    return new KeyBytes(Base64.getDecoder().decode(text));
  }

  /**
   * Reads what {@code ip xfrm} writes, with its {@code 0x}.
   *
   * @throws IllegalArgumentException if the text is not hexadecimal
   */
  static KeyBytes ofHexadecimal(String text) {
    return new KeyBytes(HexFormat.of().parseHex(text, "0x".length(), text.length()));
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  String hexadecimal() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** Recognizes the key and tells nothing of it, as it has 256 random bits. */
  String fingerprint() {
    return TunnelSecrets.fingerprint(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyBytes key && MessageDigest.isEqual(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
