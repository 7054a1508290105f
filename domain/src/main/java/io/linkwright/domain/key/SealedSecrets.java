package io.linkwright.domain.key;

import java.util.Arrays;

/**
 * A link's secrets as only one edge can open them. Stands alone: the encapsulated key travels with
 * every blob.
 *
 * @param suite names the algorithms, so that they can be replaced
 * @param keyVersion of the link
 * @param encapsulatedKey HPKE {@code enc} (RFC 9180) of the sealing term
 * @param nonce of AES-256-GCM, 12 bytes
 * @param ciphertext with the 16-byte tag at its end
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the bytes, see equals
public record SealedSecrets(
    String suite, int keyVersion, byte[] encapsulatedKey, byte[] nonce, byte[] ciphertext) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedSecrets that
        && suite.equals(that.suite)
        && keyVersion == that.keyVersion
        && Arrays.equals(encapsulatedKey, that.encapsulatedKey)
        && Arrays.equals(nonce, that.nonce)
        && Arrays.equals(ciphertext, that.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }
}
