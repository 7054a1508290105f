package io.linkwright.domain.member;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelSecrets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an edge registers when it enrolls; the private halves never leave it.
 *
 * @param identity Ed25519 (RFC 8032), 32 bytes: proves who connects
 * @param sealing X-Wing (X25519 and ML-KEM-768), 1,216 bytes: secrets are sealed to it
 * @param wireGuard X25519, 32 bytes each, one for each tunnel index; empty in an IPsec group
 */
public record MemberKeys(PublicKey identity, PublicKey sealing, List<PublicKey> wireGuard) {
  /** Length of an Ed25519 public key in bytes. */
  public static final int IDENTITY_LENGTH_BYTES = 32;

  /** Length of an X-Wing public key in bytes. */
  public static final int SEALING_LENGTH_BYTES = 1_216;

  /** Length of an X25519 public key in bytes. */
  public static final int WIREGUARD_LENGTH_BYTES = 32;

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException naming the key of a wrong length
   */
  public MemberKeys {
    requireLength("identity", identity, IDENTITY_LENGTH_BYTES);
    requireLength("sealing", sealing, SEALING_LENGTH_BYTES);
    wireGuard = List.copyOf(wireGuard);
    wireGuard.forEach(key -> requireLength("wireGuard", key, WIREGUARD_LENGTH_BYTES));
    if (!wireGuard.isEmpty() && wireGuard.size() != Tunnel.MAX_PER_LINK) {
      throw new IllegalArgumentException(
          "wireGuard has %d keys instead of %d, one for each tunnel index"
              .formatted(wireGuard.size(), Tunnel.MAX_PER_LINK));
    }
  }

  /** What each key is recognized by, without telling it. */
  public List<String> fingerprints() {
    return Stream.concat(Stream.of(identity, sealing), wireGuard.stream())
        .map(key -> TunnelSecrets.fingerprint(key.bytes()))
        .toList();
  }

  private static void requireLength(String name, PublicKey key, int lengthBytes) {
    int actual = key.bytes().length;
    if (actual != lengthBytes) {
      throw new IllegalArgumentException(
          "%s key has %d bytes instead of %d".formatted(name, actual, lengthBytes));
    }
  }
}
