package io.linkwright.domain;

/** What an error message quotes of a value it refuses: never more than a line. */
final class Excerpt {
  private static final int MAX_LENGTH = 80;

  private Excerpt() {}

  static String of(String value) {
    if (value == null) {
      return "";
    }
    return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "…";
  }
}
