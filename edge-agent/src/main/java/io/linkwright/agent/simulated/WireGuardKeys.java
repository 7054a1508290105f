package io.linkwright.agent.simulated;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linkwright.domain.key.PublicKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * Keys of a simulated WireGuard tunnel: HKDF-SHA256 (RFC 5869) over the X25519 agreement (RFC 7748)
 * of the two static keys and the preshared key, one for each direction, bound to sender and
 * receiver. WireGuard itself mixes in ephemeral keys too; what a control plane can get wrong shows
 * with the static ones already.
 */
final class WireGuardKeys {
  private static final byte[] SALT = "linkwright simulated wireguard 1".getBytes(US_ASCII);
  private static final int SHARED_SECRET_BYTES = 32;
  private static final int KEY_BYTES = 32;

  private final byte[] sharedSecret = new byte[SHARED_SECRET_BYTES];
  private final byte[] presharedKey;

  /**
   * What both ends know.
   *
   * @throws IllegalStateException if the peer's key is of small order
   */
  WireGuardKeys(byte[] ownPrivateKey, PublicKey peer, byte[] presharedKey) {
    new X25519PrivateKeyParameters(ownPrivateKey)
        .generateSecret(new X25519PublicKeyParameters(peer.bytes()), sharedSecret, 0);
    this.presharedKey = presharedKey;
  }

  /** Keys of the packets that one end sends to the other. */
  PacketKeys.WireGuard direction(PublicKey sender, PublicKey receiver) {
    byte[] senderKey = sender.bytes();
    byte[] receiverKey = receiver.bytes();
    byte[] info =
        ByteBuffer.allocate(senderKey.length + receiverKey.length)
            .put(senderKey)
            .put(receiverKey)
            .array();
    byte[] derived = derive(info);
    return new PacketKeys.WireGuard(
        ByteBuffer.wrap(derived, KEY_BYTES, Long.BYTES).getLong(),
        new SecretKeySpec(Arrays.copyOf(derived, KEY_BYTES), "ChaCha20"));
  }

  private byte[] derive(byte[] info) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addSalt(SALT)
                  .addIKM(sharedSecret)
                  .addIKM(presharedKey)
                  .thenExpand(info, KEY_BYTES + Long.BYTES));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK from 25 has HKDF-SHA256", absent);
    }
  }
}
