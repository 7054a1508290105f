package io.linkwright.domain.key;

import java.util.Arrays;

/**
 * The exact bytes of a document and the controller's signature over them.
 *
 * @param document JSON, UTF-8
 * @param keyId names the signing key: the first 16 hexadecimal digits of its SHA-256
 * @param signature Ed25519 (RFC 8032), 64 bytes; longer where one signature stands for many
 *     documents, with the document's place among them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the bytes, see equals
public record SignedDocument(byte[] document, String keyId, byte[] signature) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedDocument that
        && keyId.equals(that.keyId)
        && Arrays.equals(document, that.document)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }
}
