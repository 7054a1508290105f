package io.linkwright.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token of Linkwright's own: {@code lwt_} and 256 random bits in base64url. So much cannot be
 * guessed, and a plain SHA-256 of it is enough to keep.
 */
public final class StaticToken {
  /** By which people and scanners of leaked secrets tell it. */
  public static final String PREFIX = "lwt_";

  private static final int RANDOM_BYTES = 32;

  private StaticToken() {}

  /** A new one. */
  public static String make(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is kept of it: SHA-256, in hexadecimal. */
  public static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  static boolean looksLikeOne(String token) {
    return token.startsWith(PREFIX);
  }
}
