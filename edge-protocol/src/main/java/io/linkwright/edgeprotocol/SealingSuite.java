package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * HPKE (RFC 9180) base mode with X-Wing, HKDF-SHA256 and AES-256-GCM. HPKE's {@code info} binds
 * group and edge; its exporter yields the key that wraps secrets, one AES-256-GCM message each,
 * whose additional data bind link and key version.
 */
final class SealingSuite {
  /** Names all of this; stands in every blob. */
  static final String LABEL = "hpke-xwing-hkdfsha256-aes256gcm";

  static final int NONCE_LENGTH_BYTES = 12;

  private static final int TAG_LENGTH_BITS = 128;
  private static final int WRAP_KEY_LENGTH_BYTES = 32;
  private static final byte[] WRAP_CONTEXT = "linkwright.v1 wrap".getBytes(US_ASCII);
  private static final int ENCAPSULATED_KEY_LENGTH_BYTES = hpke().getEncSize();

  private SealingSuite() {}

  /** A key that only the two sides of an encapsulation know. */
  @SuppressWarnings("ArrayRecordComponent") // goes into every blob of the term, never compared
  record Encapsulation(byte[] encapsulatedKey, SecretKey wrapKey) {
    @Override
    public String toString() {
      return "Encapsulation[redacted]";
    }
  }

  static AsymmetricCipherKeyPair keyPair(byte[] seed) {
    byte[] derivePublicKey = null;
    return hpke().deserializePrivateKey(seed, derivePublicKey);
  }

  static PublicKey publicKey(AsymmetricCipherKeyPair keyPair) {
    return PublicKey.ofBytes(hpke().serializePublicKey(keyPair.getPublic()));
  }

  /** Costs some 200 µs. */
  static Encapsulation encapsulate(GroupId group, EdgeId edge, PublicKey sealingKey) {
    HPKE hpke = hpke();
    HPKEContextWithEncapsulation context =
        hpke.setupBaseS(hpke.deserializePublicKey(sealingKey.bytes()), info(group, edge));
    return new Encapsulation(context.getEncapsulation(), wrapKey(context));
  }

  /** Costs some 170 µs. Another key pair than the one sealed to yields a key that opens nothing. */
  static SecretKey decapsulate(
      GroupId group, EdgeId edge, AsymmetricCipherKeyPair keyPair, byte[] encapsulatedKey)
      throws ProtocolException {
    if (encapsulatedKey.length != ENCAPSULATED_KEY_LENGTH_BYTES) {
      throw new ProtocolException(
          "an encapsulated key has %d bytes, not %d"
              .formatted(ENCAPSULATED_KEY_LENGTH_BYTES, encapsulatedKey.length));
    }
    return wrapKey(hpke().setupBaseR(encapsulatedKey, keyPair, info(group, edge)));
  }

  static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has AES-GCM", absent);
    }
  }

  static GCMParameterSpec parameters(byte[] nonce) {
    return new GCMParameterSpec(TAG_LENGTH_BITS, nonce);
  }

  /** Label, link id and key version; a zero byte ends each text, and none has one inside. */
  static byte[] additionalData(LinkId link, int keyVersion) {
    byte[] text = ("linkwright.v1 secrets\0" + link + "\0").getBytes(US_ASCII);
    return ByteBuffer.allocate(text.length + Integer.BYTES).put(text).putInt(keyVersion).array();
  }

  private static byte[] info(GroupId group, EdgeId edge) {
    return ("linkwright.v1 sealing\0" + group + "\0" + edge).getBytes(US_ASCII);
  }

  private static SecretKey wrapKey(HPKEContext context) {
    return new SecretKeySpec(context.export(WRAP_CONTEXT, WRAP_KEY_LENGTH_BYTES), "AES");
  }

  /** Cheap, and not thread-safe: one for each use. */
  private static HPKE hpke() {
    return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }
}
