package io.linkwright.http.access;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One token of a file.
 *
 * @param name whom the log names, unique in its file
 * @param sha256 of the token, in hexadecimal
 * @param expiresAt after which it counts no more; empty: never
 */
public record TokenEntry(String name, Grant grant, String sha256, Optional<Instant> expiresAt) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the forms.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public TokenEntry {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a token: 1 to 64 letters, digits, '.', '_', '@' and '-'"
              .formatted(name));
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256 of '%s' must be 64 hexadecimal digits in small letters".formatted(name));
    }
  }

  boolean isExpired(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }
}
