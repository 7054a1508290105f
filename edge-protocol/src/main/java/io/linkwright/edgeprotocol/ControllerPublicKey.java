package io.linkwright.edgeprotocol;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SignedDocument;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/**
 * What an edge pins: documents count if this key signed them. Immutable and thread-safe.
 *
 * <p>The signature of a single document is Ed25519 (RFC 8032) over the 23 bytes {@code
 * "linkwright.v1 document\0"} followed by the bytes of the document. Documents of one transaction
 * share a signature over the root of a Merkle tree, see {@link ControllerKey#signAll}.
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
    if (!signed.keyId().equals(keyId)) {
      return false;
    }
    byte[] signature = signed.signature();
    return signature.length == Ed25519Keys.SIGNATURE_LENGTH_BYTES
        ? Ed25519Keys.verifies(point, SignedBytes.DOCUMENT.of(signed.document()), signature)
        : BatchSignature.decoded(signature).filter(batch -> verifies(batch, signed)).isPresent();
  }

  private boolean verifies(BatchSignature batch, SignedDocument signed) {
    return Ed25519Keys.verifies(point, batch.signedBytesFor(signed.document()), batch.signature());
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
