package io.linkwright.command.writer;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.IdempotencyKey;
import java.util.UUID;

/**
 * What makes a command the same command: the group it is addressed to and its name there. The same
 * {@code Idempotency-Key} in two groups names two commands.
 */
public record CommandKey(GroupId group, String commandId) {
  /** What keys made for commands without one begin with; a client's never do. */
  public static final String MADE_PREFIX = IdempotencyKey.RESERVED_PREFIXES.getFirst();

  /** What names made of clients' keys begin with; a client's key itself never does. */
  public static final String NAMED_PREFIX = IdempotencyKey.RESERVED_PREFIXES.getLast();

  /** A key for a command that came without one. */
  public static String made(UUID unique) {
    return MADE_PREFIX + unique;
  }

  /** Whether a client can repeat the command under this key. */
  boolean isRepeatable() {
    return !commandId.startsWith(MADE_PREFIX);
  }
}
