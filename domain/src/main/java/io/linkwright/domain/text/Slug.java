package io.linkwright.domain.text;

/** The form of ids that people choose: a DNS label in lower case (RFC 1123). */
public final class Slug {
  static final int MAX_LENGTH = 63;

  private Slug() {}

  public static void require(String value) {
    if (!isSlug(value)) {
      throw new IllegalArgumentException(
          "'%s' is not an id: 1 to %d of a-z, 0-9 and '-', neither first nor last a '-'"
              .formatted(Excerpt.of(value), MAX_LENGTH));
    }
  }

  /** By hand, because every id of every record that is read passes here. */
  private static boolean isSlug(String value) {
    if (value == null || value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean inner = i > 0 && i < value.length() - 1;
      if (!alphanumeric && !(c == '-' && inner)) {
        return false;
      }
    }
    return true;
  }
}
