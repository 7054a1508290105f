package io.linkwright.domain.key;

import io.linkwright.domain.text.Excerpt;
import java.util.Base64;

/**
 * The public half of a key pair, raw bytes in standard base64 (RFC 4648 section 4). Base64 has
 * several texts for the same bytes; it is kept as the one that encoding makes, so that equal keys
 * are equal.
 */
public record PublicKey(String base64) {

  /**
   * Checks the encoding.
   *
   * @throws IllegalArgumentException if the text is not base64
   */
  public PublicKey {
    try {
      base64 = Base64.getEncoder().encodeToString(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "'%s' is not base64".formatted(Excerpt.of(base64)), notBase64);
    }
  }

  /** Wraps the raw bytes of a public key. */
  public static PublicKey ofBytes(byte[] bytes) {
    return new PublicKey(Base64.getEncoder().encodeToString(bytes));
  }

  /** The raw bytes. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  @Override
  public String toString() {
    return base64;
  }
}
