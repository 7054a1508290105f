package io.linkwright.cli.output;

import java.util.function.IntPredicate;

/**
 * Text of others, made harmless for a line of a log or a terminal: what breaks a line, steers a
 * terminal, turns the direction of what follows, or shows as nothing, would let a device or a name
 * forge what it stands in.
 */
public final class PlainText {
  private PlainText() {}

  /** For a log: such characters as escapes, so that one can tell what was there. */
  public static String escaped(String text) {
    return replaced(text, PlainText::isHarmful, "\\u%04x");
  }

  /** For a log of several lines, as a stack trace: its line breaks and tabs stay. */
  static String escapedLines(String text) {
    return replaced(
        text,
        codePoint -> codePoint != '\n' && codePoint != '\t' && isHarmful(codePoint),
        "\\u%04x");
  }

  /** For people: such characters as a replacement character. */
  public static String cleaned(String text) {
    return replaced(text, PlainText::isHarmfulToRead, "\ufffd");
  }

  private static String replaced(String text, IntPredicate harmful, String by) {
    if (text.codePoints().noneMatch(harmful)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            codePoint -> {
              if (harmful.test(codePoint)) {
                plain.append(by.formatted(codePoint));
              } else {
                plain.appendCodePoint(codePoint);
              }
            });
    return plain.toString();
  }

  private static boolean isHarmful(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT || isHarmfulToRead(codePoint);
  }

  /** Joiners are a part of what people write; a mark of direction is not, at the edge of a cell. */
  private static boolean isHarmfulToRead(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> isDirection(codePoint);
    };
  }

  private static boolean isDirection(int codePoint) {
    return codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
