package io.linkwright.httpapi;

import java.util.List;

/** {@code Idempotency-Key}: by which a command that is sent again counts once. */
public final class IdempotencyKey {
  /** The header's name. */
  public static final String HEADER = "Idempotency-Key";

  /** Characters of a client's key. */
  public static final int MAX_LENGTH = 128;

  /** What names begin with that the service makes, for commands without a key or of a key. */
  public static final List<String> RESERVED_PREFIXES = List.of("auto:", "key:");

  private IdempotencyKey() {}

  /**
   * Checks a client's key.
   *
   * @throws IllegalArgumentException unless it is 1 to 128 printable ASCII characters and does not
   *     begin with one of {@link #RESERVED_PREFIXES}
   */
  public static String require(String key) {
    boolean printable = key.chars().allMatch(character -> character > 0x20 && character < 0x7f);
    if (key.isEmpty() || key.length() > MAX_LENGTH || !printable) {
      throw new IllegalArgumentException(
          "must be 1 to %d printable ASCII characters without blanks".formatted(MAX_LENGTH));
    }
    for (String reserved : RESERVED_PREFIXES) {
      if (key.startsWith(reserved)) {
        throw new IllegalArgumentException("must not begin with '%s'".formatted(reserved));
      }
    }
    return key;
  }
}
