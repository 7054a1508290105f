package io.linkwright.domain.text;

/** What an error message quotes of a value it refuses: never more than a line. */
public final class Excerpt {
  private static final int MAX_LENGTH = 80;

  private Excerpt() {}

  public static String of(String value) {
    if (value == null) {
      return "";
    }
    return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "…";
  }
}
