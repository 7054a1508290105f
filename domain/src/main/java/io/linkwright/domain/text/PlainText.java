package io.linkwright.domain.text;

import java.util.function.IntPredicate;

/**
 * Text of others, made harmless where people read it: what ends a line, steers a terminal, turns
 * the order of what stands around it, or cannot be seen, would let a device or a name forge the
 * line that it stands in. One rule for logs, tables and what is stored.
 */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private PlainText() {}

  /**
   * The text with a replacement character for each that is not plain, cut to {@code maxLength}
   * characters.
   */
  public static String of(String text, int maxLength) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), maxLength));
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      int shown = isPlain(character) ? character : REPLACEMENT;
      if (plain.length() + Character.charCount(shown) > maxLength) {
        break;
      }
      plain.appendCodePoint(shown);
    }
    return plain.toString();
  }

  /** The text in one line, with escapes for what is not plain, so that one can tell what it was. */
  public static String escaped(String text) {
    return escaped(text, PlainText::isPlain);
  }

  /** The same of text of several lines, as a stack trace: its line breaks and tabs stay. */
  public static String escapedLines(String text) {
    return escaped(text, character -> character == '\n' || character == '\t' || isPlain(character));
  }

  /** Whether nothing in the text is more, or less, than what is seen. */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(PlainText::isPlain);
  }

  /**
   * Not so: control and format characters (bidi marks among them), breaks of lines and paragraphs,
   * lone surrogates. Joiners are a part of what people write.
   */
  public static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static String escaped(String text, IntPredicate stays) {
    if (text.codePoints().allMatch(stays)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (stays.test(character)) {
                escaped.appendCodePoint(character);
              } else {
                escaped.append("\\u%04x".formatted(character));
              }
            });
    return escaped.toString();
  }
}
