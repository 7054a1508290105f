package io.linkwright.domain.group;

import io.linkwright.domain.key.KeySeed;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A command with all that {@code decide} may not reach for itself: time, ids, randomness.
 *
 * @param commandId names the command within its group, on the log for all to read: made of the
 *     client's {@code Idempotency-Key}, or for the command if it has none
 * @param expectedRevision from {@code If-Match}: the command is refused at any other
 * @param seed what the keys and SPIs of this command are derived from; never leaves the process
 */
public record CommandEnvelope(
    GroupCommand command,
    String commandId,
    String actor,
    Instant occurredAt,
    OptionalLong expectedRevision,
    KeySeed seed) {}
