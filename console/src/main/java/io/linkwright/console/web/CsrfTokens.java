package io.linkwright.console.web;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens for double submission: the browser sends one as a cookie and the same one in each form.
 * Another site can make a browser send the cookie but cannot read it, and since the token is signed
 * it cannot plant one of its own either. The key lives as long as the process: after a restart a
 * form is refused once and comes back with a new token. Thread-safe.
 */
final class CsrfTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int RANDOM_BYTES = 24;
  private static final int MAX_TOKEN_LENGTH = 128;

  private final SecureRandom random;
  private final SecretKeySpec key;

  CsrfTokens(SecureRandom random) {
    this.random = random;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** A new one. */
  String issue() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String nonce = base64(bytes);
    return nonce + "." + signature(nonce);
  }

  /** Whether it is one of ours. */
  boolean isOurs(String token) {
    int dot = token.indexOf('.');
    return token.length() <= MAX_TOKEN_LENGTH
        && dot > 0
        && equal(signature(token.substring(0, dot)), token.substring(dot + 1));
  }

  /** Compares in a time that does not depend on where they differ. */
  static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String nonce) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return base64(mac.doFinal(nonce.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
