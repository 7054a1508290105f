package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.member.MemberKeys;
import java.util.Optional;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * Whether the keys that somebody enrolls with are keys at all. The domain knows their lengths only;
 * one that no secret can be sealed to must not get onto the log. Thread-safe; some 300 µs.
 */
public final class MemberKeyCheck {
  private static final GroupId ANY_GROUP = new GroupId("check");
  private static final EdgeId ANY_EDGE = new EdgeId("check");
  private static final byte[] ANY_SCALAR = new byte[MemberKeys.WIREGUARD_LENGTH_BYTES];

  private MemberKeyCheck() {}

  /** What is wrong with the keys, naming the field; empty if they can be used. */
  public static Optional<String> fault(MemberKeys keys) {
    if (!isUsable(() -> Ed25519Keys.publicKey(keys.identity()))) {
      return Optional.of("identity is not an Ed25519 public key");
    }
    if (!isUsable(() -> SealingSuite.encapsulate(ANY_GROUP, ANY_EDGE, keys.sealing()))) {
      return Optional.of("sealing is not an X-Wing public key");
    }
    for (int index = 0; index < keys.wireGuard().size(); index++) {
      PublicKey key = keys.wireGuard().get(index);
      if (!isUsable(() -> agree(key))) {
        return Optional.of("wireGuard[%d] is not an X25519 public key".formatted(index));
      }
    }
    return Optional.empty();
  }

  /** Refuses the few points of small order (RFC 7748 section 6.1). */
  private static void agree(PublicKey key) {
    new X25519PrivateKeyParameters(ANY_SCALAR)
        .generateSecret(
            new X25519PublicKeyParameters(key.bytes()),
            new byte[MemberKeys.WIREGUARD_LENGTH_BYTES],
            0);
  }

  /** The library says no by various unchecked exceptions. */
  private static boolean isUsable(Runnable use) {
    try {
      use.run();
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }
}
