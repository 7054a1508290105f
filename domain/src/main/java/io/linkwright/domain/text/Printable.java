package io.linkwright.domain.text;

import java.util.stream.Collectors;

/**
 * Makes text harmless where people read it. Names come from anywhere: a line break in one would
 * forge a line of a table, a control character steers the terminal, a character that turns the
 * direction of text hides what stands beside it.
 */
public final class Printable {
  /** Text between these two does not turn the direction of its neighbours (UAX 9). */
  private static final char FIRST_STRONG_ISOLATE = '\u2068';

  private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

  private Printable() {}

  /** Text that stays where it is put, on one line. What it gives it leaves as it is. */
  public static String of(String text) {
    if (text.codePoints()
        .noneMatch(codePoint -> !PlainText.isPlain(codePoint) || isRightToLeft(codePoint))) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    if (isIsolated(text)) {
      text.codePoints()
          .forEach(
              codePoint -> {
                if (codePoint == FIRST_STRONG_ISOLATE || codePoint == POP_DIRECTIONAL_ISOLATE) {
                  printable.appendCodePoint(codePoint);
                } else {
                  append(printable, codePoint);
                }
              });
      return printable.toString();
    }
    text.codePoints().forEach(codePoint -> append(printable, codePoint));
    return text.codePoints().anyMatch(Printable::isRightToLeft)
        ? FIRST_STRONG_ISOLATE + printable.toString() + POP_DIRECTIONAL_ISOLATE
        : printable.toString();
  }

  /** Whether all that is written from right to left stands between isolates that match. */
  private static boolean isIsolated(String text) {
    int depth = 0;
    boolean isolated = false;
    for (int codePoint : text.codePoints().toArray()) {
      if (codePoint == FIRST_STRONG_ISOLATE) {
        depth++;
        isolated = true;
      } else if (codePoint == POP_DIRECTIONAL_ISOLATE) {
        depth--;
      }
      if (depth < 0 || (depth == 0 && isRightToLeft(codePoint))) {
        return false;
      }
    }
    return isolated && depth == 0;
  }

  /** The same of text whose line breaks are ours. */
  public static String lines(String text) {
    return text.lines().map(Printable::of).collect(Collectors.joining(System.lineSeparator()));
  }

  private static void append(StringBuilder printable, int codePoint) {
    if (PlainText.isPlain(codePoint)) {
      printable.appendCodePoint(codePoint);
      return;
    }
    printable.append(
        switch (codePoint) {
          case '\n' -> "\\n";
          case '\r' -> "\\r";
          case '\t' -> "\\t";
          default -> (codePoint > 0xFFFF ? "\\U%08x" : "\\u%04x").formatted(codePoint);
        });
  }

  private static boolean isRightToLeft(int codePoint) {
    return switch (Character.getDirectionality(codePoint)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          true;
      default -> false;
    };
  }
}
