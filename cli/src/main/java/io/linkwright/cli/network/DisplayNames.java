package io.linkwright.cli.network;

import io.linkwright.domain.group.Limits;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes display names that a group takes out of texts that a drawing takes. */
public final class DisplayNames {
  /** Control characters, C1 of a wrong encoding among them, and the breaks of lines. */
  private static final Pattern BREAKS = Pattern.compile("[\\p{gc=Cc}\u2028\u2029]+");

  /** Characters that steer the direction of text (Unicode Standard Annex 9). */
  private static final Pattern DIRECTIONS =
      Pattern.compile("[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]");

  private DisplayNames() {}

  /** The text on one line, as long as a name may be; empty if nothing visible is left. */
  public static Optional<String> of(String text) {
    String line = DIRECTIONS.matcher(BREAKS.matcher(text).replaceAll(" ")).replaceAll("").strip();
    int length = line.codePointCount(0, line.length());
    String name =
        length <= Limits.MAX_NAME_LENGTH
            ? line
            : line.substring(0, line.offsetByCodePoints(0, Limits.MAX_NAME_LENGTH)).strip();
    return Optional.of(name).filter(DisplayNames::isVisible);
  }

  private static boolean isVisible(String name) {
    return name.codePoints()
        .anyMatch(
            codePoint ->
                switch (Character.getType(codePoint)) {
                  case Character.FORMAT,
                      Character.SPACE_SEPARATOR,
                      Character.UNASSIGNED,
                      Character.SURROGATE ->
                      false;
                  default -> true;
                });
  }
}
