package io.linkwright.domain.member;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What lets a device enroll as one member, once. 256 secret bits, shown to the operator a single
 * time; the log knows only its {@link #hash()}.
 */
public final class EnrollmentToken {
  /** Bits of a token in bytes. */
  public static final int LENGTH_BYTES = 32;

  /** Tells what the text is when it is found somewhere, and never begins with a dash. */
  private static final String PREFIX = "lwe_";

  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

  private final String text;

  private EnrollmentToken(String text) {
    this.text = text;
  }

  /**
   * The token of these bits, which nobody can guess.
   *
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public static EnrollmentToken ofBytes(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a token has %d bytes".formatted(LENGTH_BYTES));
    }
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
              .formatted(PREFIX, PREFIX.length() + 43));
    }
    return new EnrollmentToken(text);
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
