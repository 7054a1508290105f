package io.linkwright.domain;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A command with all that {@code decide} may not reach for itself: time, ids, randomness.
 *
 * @param commandId the client's {@code Idempotency-Key}, or one made for it
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
