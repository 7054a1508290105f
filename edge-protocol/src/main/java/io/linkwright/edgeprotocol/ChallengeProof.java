package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.PublicKey;

/**
 * How an edge proves who it is: an Ed25519 signature over {@code "linkwright.v1 hello\0"}, the edge
 * id, a zero byte and the nonce of the server's challenge, all in UTF-8. Thread-safe.
 */
public final class ChallengeProof {
  private ChallengeProof() {}

  /** Whether the holder of {@code identity} signed this challenge as this edge. */
  public static boolean verifies(PublicKey identity, EdgeId edge, String nonce, byte[] signature) {
    try {
      return Ed25519Keys.verifies(Ed25519Keys.publicKey(identity), signed(edge, nonce), signature);
    } catch (IllegalArgumentException noKey) {
      return false;
    }
  }

  static byte[] signed(EdgeId edge, String nonce) {
    return SignedBytes.HELLO.of((edge + "\0" + nonce).getBytes(UTF_8));
  }
}
