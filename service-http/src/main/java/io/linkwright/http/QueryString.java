package io.linkwright.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Reads {@code application/x-www-form-urlencoded} text, a query or the body of a form. What cannot
 * be read as a whole is refused as a whole: a pair that is left out silently turns a dry run into a
 * real one.
 *
 * <p>Refused are bytes that are not UTF-8, broken or missing percent-encoding, control characters,
 * pairs without a name, a name that comes twice, and a {@code ;} that is not encoded, since some
 * read it as a separator and some do not. A {@code +} is a space, as HTML forms have it.
 */
public final class QueryString {
  /** More than any form of ours has. */
  public static final int MAX_PAIRS = 100;

  private static final String UNESCAPED = "-._~!$'()*,:@/?";

  private QueryString() {}

  /**
   * The pairs in their order; none for {@code null} and for an empty text.
   *
   * @throws ProblemException 400 if any part cannot be read
   */
  public static Map<String, String> parse(String raw) {
    return parse(raw, Character::isISOControl);
  }

  /**
   * The fields of a form that came as a body. Text of several lines is text.
   *
   * @throws ProblemException 400 if any part cannot be read
   */
  public static Map<String, String> parseForm(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return parse(
        text, character -> Character.isISOControl(character) && "\r\n\t".indexOf(character) < 0);
  }

  private static Map<String, String> parse(String raw, IntPredicate refused) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    String[] pairs = raw.split("&", -1);
    if (pairs.length > MAX_PAIRS) {
      throw refuse("has more than %d parameters".formatted(MAX_PAIRS));
    }
    Map<String, String> read = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), refused);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), refused);
      if (name.isEmpty()) {
        throw refuse("has a parameter without a name");
      }
      if (read.putIfAbsent(name, value) != null) {
        throw new ProblemException(Problem.invalid(name, "is given more than once"));
      }
    }
    return read;
  }

  private static String decode(String encoded, IntPredicate refused) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    int at = 0;
    while (at < encoded.length()) {
      char next = encoded.charAt(at);
      if (next == '%') {
        bytes.write(hexPair(encoded, at + 1));
        at += 3;
      } else {
        bytes.write(next == '+' ? ' ' : plain(next));
        at++;
      }
    }
    return text(bytes.toByteArray(), refused);
  }

  private static int hexPair(String encoded, int at) {
    int high = at < encoded.length() ? hexDigit(encoded.charAt(at)) : -1;
    int low = at + 1 < encoded.length() ? hexDigit(encoded.charAt(at + 1)) : -1;
    if (high < 0 || low < 0) {
      throw refuse("has a '%' without two hexadecimal digits: write %25 for a percent sign");
    }
    return high << 4 | low;
  }

  /** ASCII only: {@link Character#digit} takes the digits of all scripts. */
  private static int hexDigit(char digit) {
    return digit < 0x80 ? Character.digit(digit, 16) : -1;
  }

  private static char plain(char next) {
    boolean alphanumeric = next < 0x80 && Character.isLetterOrDigit(next);
    if (!alphanumeric && next != '=' && UNESCAPED.indexOf(next) < 0) {
      throw refuse("has a character that must be percent-encoded");
    }
    return next;
  }

  private static String text(byte[] bytes, IntPredicate refused) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw refuse("is not UTF-8 in percent-encoding");
    }
    if (text.chars().anyMatch(refused)) {
      throw refuse("has a control character");
    }
    return text;
  }

  private static ProblemException refuse(String detail) {
    return new ProblemException(Problem.invalid("query", "the query " + detail));
  }
}
