package io.linkwright.edgeprotocol;

import io.linkwright.domain.PublicKey;
import io.linkwright.domain.SignedDocument;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/**
 * What an edge pins: documents count if this key signed them. Immutable and thread-safe.
 *
 * <p>The signature is Ed25519 (RFC 8032) over the 23 bytes {@code "linkwright.v1 document\0"}
 * followed by the bytes of the document.
 */
public final class ControllerPublicKey {
  private static final int KEY_ID_BYTES = 8;

  private final PublicKey key;
  private final String keyId;
  private final Ed25519PublicKeyParameters point;

  /**
   * From the 32 raw bytes.
   *
   * @throws IllegalArgumentException if they are no Ed25519 public key
   */
  public ControllerPublicKey(PublicKey key) {
    this.key = key;
    this.point = Ed25519Keys.publicKey(key);
    this.keyId = HexFormat.of().formatHex(Sha256.of(key.bytes()), 0, KEY_ID_BYTES);
  }

  /** The raw key. */
  public PublicKey key() {
    return key;
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the raw key. */
  public String keyId() {
    return keyId;
  }

  /** Whether this key signed exactly these bytes as a document. */
  public boolean verifies(SignedDocument signed) {
    return signed.keyId().equals(keyId)
        && Ed25519Keys.verifies(
            point, SignedBytes.DOCUMENT.of(signed.document()), signed.signature());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ControllerPublicKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "ControllerPublicKey[" + keyId + "]";
  }
}
