package io.linkwright.domain;

/**
 * Text that came from a device and is shown to people and written to logs: one line, bounded, and
 * without characters that are invisible or change the order of what stands around them.
 */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;

  private PlainText() {}

  /**
   * The text with a replacement character for each line break, control, format (bidi marks among
   * them), private, unassigned or lone surrogate character, cut to {@code maxLength} characters.
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

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
