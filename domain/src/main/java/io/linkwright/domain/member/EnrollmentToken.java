package io.linkwright.domain.member;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What lets a device enroll as one member, once: {@code lwe_}, and in base64url the id of the
 * controller's key and 256 secret bits. It is shown to the operator a single time; the log knows
 * only its {@link #hash()}. By the key's id a device tells the controller that it is for from
 * another one that answers in its place.
 */
public final class EnrollmentToken {
  /** Secret bits of a token in bytes. */
  public static final int SECRET_BYTES = 32;

  /** Of the SHA-256 of the controller's public key, the first. */
  public static final int KEY_ID_BYTES = 8;

  /** Tells what the text is when it is found somewhere, and never begins with a dash. */
  private static final String PREFIX = "lwe_";

  private static final int CHARACTERS = 54;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{54}");

  private final String text;

  private EnrollmentToken(String text) {
    this.text = text;
  }

  /**
   * The token of these bits, which nobody can guess.
   *
   * @param controllerKeyId in 16 hexadecimal digits
   * @throws IllegalArgumentException unless there are 32 bytes, and 8 of the key's id
   */
  public static EnrollmentToken of(String controllerKeyId, byte[] secret) {
    byte[] keyId = HexFormat.of().parseHex(controllerKeyId);
    if (secret.length != SECRET_BYTES || keyId.length != KEY_ID_BYTES) {
      throw new IllegalArgumentException(
          "a token has %d secret bytes and %d of a key's id".formatted(SECRET_BYTES, KEY_ID_BYTES));
    }
    byte[] bytes = Arrays.copyOf(keyId, KEY_ID_BYTES + SECRET_BYTES);
    System.arraycopy(secret, 0, bytes, KEY_ID_BYTES, SECRET_BYTES);
    return new EnrollmentToken(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if the text has another form; the message does not repeat it
   */
  public static EnrollmentToken parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is no enrollment token: those begin with %s and have %d characters"
              .formatted(PREFIX, PREFIX.length() + CHARACTERS));
    }
    return new EnrollmentToken(text);
  }

  /** Which controller's key the device is to trust, in 16 hexadecimal digits. */
  public String controllerKeyId() {
    byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    return HexFormat.of().formatHex(bytes, 0, KEY_ID_BYTES);
  }

  /** The token as the operator hands it on. Secret. */
  public String reveal() {
    return text;
  }

  /** What may be written down of it. */
  public TokenHash hash() {
    return TokenHash.of(text);
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "EnrollmentToken[redacted]";
  }
}
