package io.linkwright.httpapi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * {@code Linkwright-Actor}: who asks, for the audit log. Printable ASCII stands for itself. Any
 * other name is written as RFC 8187 has it, {@code UTF-8''Alice%20M%C3%BCller}: bytes beyond ASCII
 * are refused, since nobody knows in which charset a client or a proxy has sent them.
 */
public final class ActorHeader {
  /** The header's name. */
  public static final String NAME = "Linkwright-Actor";

  /** Characters of an actor. */
  public static final int MAX_LENGTH = 128;

  private static final String EXTENDED = "UTF-8''";

  /** What RFC 8187 leaves as it is beside letters and digits. */
  private static final String UNESCAPED = "!#$&+-.^_`|~";

  private static final String FORM =
      "must be 1 to %d printable characters; others than ASCII as %sM%%C3%%BCller (RFC 8187)"
          .formatted(MAX_LENGTH, EXTENDED);

  private ActorHeader() {}

  /**
   * The actor that a header names.
   *
   * @throws IllegalArgumentException if it is no name that can be kept as it is
   */
  public static String decode(String header) {
    if (!header.chars().allMatch(character -> character >= 0x20 && character < 0x7f)) {
      throw new IllegalArgumentException(FORM);
    }
    boolean extended = header.regionMatches(true, 0, EXTENDED, 0, EXTENDED.length());
    return require(extended ? decoded(header.substring(EXTENDED.length())) : header);
  }

  /**
   * The header that names an actor.
   *
   * @throws IllegalArgumentException if it is no name that can be kept as it is
   */
  public static String encode(String actor) {
    require(actor);
    boolean ascii = actor.chars().allMatch(character -> character < 0x7f);
    boolean ambiguous = actor.regionMatches(true, 0, EXTENDED, 0, EXTENDED.length());
    boolean stripped = actor.equals(actor.strip());
    return ascii && stripped && !ambiguous ? actor : EXTENDED + encoded(actor);
  }

  private static String require(String actor) {
    boolean printable =
        actor
            .codePoints()
            .noneMatch(
                codePoint ->
                    switch (Character.getType(codePoint)) {
                      case Character.CONTROL,
                          Character.SURROGATE,
                          Character.LINE_SEPARATOR,
                          Character.PARAGRAPH_SEPARATOR,
                          Character.FORMAT ->
                          true;
                      default -> false;
                    });
    if (!printable || actor.isBlank() || actor.codePointCount(0, actor.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException(FORM);
    }
    return actor;
  }

  private static String encoded(String actor) {
    StringBuilder text = new StringBuilder();
    for (byte octet : actor.getBytes(StandardCharsets.UTF_8)) {
      if (octet > 0 && (Character.isLetterOrDigit(octet) || UNESCAPED.indexOf(octet) >= 0)) {
        text.append((char) octet);
      } else {
        text.append("%%%02X".formatted(octet & 0xff));
      }
    }
    return text.toString();
  }

  private static String decoded(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int at = 0; at < encoded.length(); at++) {
      if (encoded.charAt(at) != '%') {
        bytes.write(encoded.charAt(at));
        continue;
      }
      if (!encoded.substring(at).matches("%[0-9A-Fa-f]{2}.*")) {
        throw new IllegalArgumentException(FORM);
      }
      bytes.write(Integer.parseInt(encoded.substring(at + 1, at + 3), 16));
      at += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new IllegalArgumentException(FORM, notUtf8);
    }
  }
}
