package io.linkwright.command.writer;

import io.linkwright.domain.id.GroupId;
import java.util.List;
import java.util.UUID;

/**
 * What makes a command the same command: the group it is addressed to and its name there. The same
 * {@code Idempotency-Key} in two groups names two commands.
 */
public record CommandKey(GroupId group, String commandId) {
  /** Characters of a client's key. */
  public static final int MAX_LENGTH = 128;

  /** What keys made for commands without one begin with; a client's never do. */
  public static final String MADE_PREFIX = "auto:";

  /** What names made of clients' keys begin with; a client's key itself never does. */
  public static final String NAMED_PREFIX = "key:";

  /**
   * Checks a client's key.
   *
   * @throws IllegalArgumentException unless it is 1 to 128 printable ASCII characters and does not
   *     begin with {@link #MADE_PREFIX} or {@link #NAMED_PREFIX}
   */
  public static String requireClientKey(String key) {
    boolean printable = key.chars().allMatch(character -> character > 0x20 && character < 0x7f);
    if (key.isEmpty() || key.length() > MAX_LENGTH || !printable) {
      throw new IllegalArgumentException(
          "must be 1 to %d printable ASCII characters without blanks".formatted(MAX_LENGTH));
    }
    for (String reserved : List.of(MADE_PREFIX, NAMED_PREFIX)) {
      if (key.startsWith(reserved)) {
        throw new IllegalArgumentException("must not begin with '%s'".formatted(reserved));
      }
    }
    return key;
  }

  /** A key for a command that came without one. */
  public static String made(UUID unique) {
    return MADE_PREFIX + unique;
  }

  /** Whether a client can repeat the command under this key. */
  boolean isRepeatable() {
    return !commandId.startsWith(MADE_PREFIX);
  }
}
