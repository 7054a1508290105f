package io.linkwright.agent.driver.kernel;

import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import java.util.Arrays;

/** With what an association encrypts and authenticates. */
public sealed interface AssociationKeys {
  /** Of AES-256, which both algorithms begin with. */
  int CIPHER_KEY_BYTES = 32;

  /** What follows the key of a counter-mode cipher (RFC 4106 section 4). */
  int SALT_BYTES = 4;

  /** AES-CBC-256 with HMAC-SHA-256-128. */
  record CbcHmac(KeyBytes encryption, KeyBytes authentication) implements AssociationKeys {
    @Override
    public boolean mayBeInstalledAgain() {
      return true;
    }

    @Override
    public String fingerprint() {
      return encryption.fingerprint();
    }
  }

  /** AES-GCM-256 with a tag of 16 bytes. */
  record Gcm(KeyBytes keyAndSalt) implements AssociationKeys {
    @Override
    public boolean mayBeInstalledAgain() {
      return false;
    }

    @Override
    public String fingerprint() {
      return keyAndSalt.fingerprint();
    }
  }

  /** The part of one direction's secret that the algorithm uses. */
  static AssociationKeys of(SaAlgorithm algorithm, byte[] secret) {
    return switch (algorithm) {
      case AES_CBC_256_HMAC_SHA_256_128 ->
          new CbcHmac(
              KeyBytes.of(Arrays.copyOf(secret, CIPHER_KEY_BYTES)),
              KeyBytes.of(Arrays.copyOfRange(secret, CIPHER_KEY_BYTES, SaSecrets.LENGTH_BYTES)));
      case AES_GCM_256_ESN ->
          new Gcm(KeyBytes.of(Arrays.copyOf(secret, CIPHER_KEY_BYTES + SALT_BYTES)));
    };
  }

  /** Whether the kernel may be given these keys a second time, after which it counts anew. */
  boolean mayBeInstalledAgain();

  /** Recognizes the keys and tells nothing of them. */
  String fingerprint();
}
