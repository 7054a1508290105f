package io.linkwright.domain.text;

import java.util.Optional;

/** What a name for people may be: something that can be seen, on one line. */
public final class DisplayName {
  /**
   * Letters and symbols by their class that are drawn as nothing: fillers, an empty Braille cell.
   */
  private static final String BLANK_LETTERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

  private DisplayName() {}

  /** What is wrong with the name's characters, or nothing. */
  public static Optional<String> fault(String name) {
    if (name.codePoints().anyMatch(DisplayName::breaksLines)) {
      return Optional.of("a name has no control characters and no line breaks");
    }
    if (name.codePoints().anyMatch(DisplayName::isHalfCharacter)) {
      return Optional.of("a name has no half of a surrogate pair");
    }
    return name.codePoints().anyMatch(DisplayName::isVisible)
        ? Optional.empty()
        : Optional.of("a name has at least one visible character");
  }

  private static boolean breaksLines(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static boolean isHalfCharacter(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  /** Marks of direction, joiners and variation selectors show nothing by themselves. */
  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      default -> BLANK_LETTERS.indexOf(codePoint) < 0;
    };
  }
}
