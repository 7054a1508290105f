package io.linkwright.agent;

/** What others have said, made fit for a line of a log or a terminal. */
public final class PlainText {
  private static final int MAX_CHARACTERS = 500;

  private PlainText() {}

  /** The same as {@link #escaped}, and cut off where it is too long. */
  public static String of(String text) {
    return text.length() <= MAX_CHARACTERS
        ? escaped(text)
        : escaped(text.substring(0, MAX_CHARACTERS)) + "…";
  }

  /**
   * The text without anything that ends a line, controls a terminal or turns the order of
   * characters round: Unicode's Cc, Cf, Zl, Zp, and lone surrogates.
   */
  public static String escaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(character -> append(plain, character));
    return plain.toString();
  }

  private static void append(StringBuilder plain, int character) {
    switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          plain.append("\\u%04x".formatted(character));
      default -> plain.appendCodePoint(character);
    }
  }
}
