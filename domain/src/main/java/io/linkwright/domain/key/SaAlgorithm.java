package io.linkwright.domain.key;

import io.linkwright.domain.text.Labels;

/** Transforms of a security association. */
public enum SaAlgorithm {
  /**
   * AES-CBC with a 256-bit key (RFC 3602) and HMAC-SHA-256-128 (RFC 4868). Its initialization
   * vectors are random, so that keys may be installed a second time.
   */
  AES_CBC_256_HMAC_SHA_256_128("aes-cbc-256-hmac-sha-256-128"),

  /**
   * AES-GCM with a 256-bit key, a salt of 32 bits and a tag of 16 bytes (RFC 4106), with extended
   * sequence numbers. Its nonces are counted, from the beginning after every installation: two
   * packets under one nonce give the authentication key away. Keys are installed once or never.
   */
  AES_GCM_256_ESN("aes-gcm-256-esn");

  private final String label;

  SaAlgorithm(String label) {
    this.label = label;
  }

  /** The name in the API and on the wire. */
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
