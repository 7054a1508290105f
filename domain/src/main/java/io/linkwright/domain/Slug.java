package io.linkwright.domain;

import java.util.regex.Pattern;

/** The form of ids that people choose: a DNS label in lower case (RFC 1123). */
final class Slug {
  static final int MAX_LENGTH = 63;

  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Slug() {}

  static void require(String value) {
    if (value == null || value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not an id: 1 to %d of a-z, 0-9 and '-', neither first nor last a '-'"
              .formatted(Excerpt.of(value), MAX_LENGTH));
    }
  }
}
