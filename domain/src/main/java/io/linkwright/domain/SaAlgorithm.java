package io.linkwright.domain;

/** Transforms of a security association that may be installed with the same keys twice. */
public enum SaAlgorithm {
  /**
   * AES-CBC with a 256-bit key (RFC 3602) and HMAC-SHA-256-128 (RFC 4868). A counter-mode cipher
   * would need fresh keys at every installation (RFC 8221 section 3).
   */
  AES_CBC_256_HMAC_SHA_256_128("aes-cbc-256-hmac-sha-256-128");

  private final String label;

  SaAlgorithm(String label) {
    this.label = label;
  }

  /** The name on the wire. */
  public String label() {
    return label;
  }

  /**
   * Reads the wire's name.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static SaAlgorithm parse(String text) {
    return Labels.find(values(), SaAlgorithm::label, text);
  }
}
