package io.linkwright.domain.group;

import io.linkwright.domain.key.SeedExpansion;
import io.linkwright.domain.key.SeedExpansion.Label;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The ids of one command's events: UUIDs of version 7 (RFC 9562 section 5.7) from the command's
 * time and bits derived from its seed, so that deciding again gives the same ids. Within a command
 * the random part counts up by one (RFC 9562 section 6.2, method 2): ids sort as the events do.
 */
final class EventIds {
  private static final String PURPOSE = "linkwright event id v1";
  private static final long VERSION_7 = 0x7000L;
  private static final long RANDOM_A = 0x0fffL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** Below the variant, with one bit left out so that counting never overflows. */
  private static final long RANDOM_B = 0x1fff_ffff_ffff_ffffL;

  private final long high;
  private final long low;

  private EventIds(long high, long low) {
    this.high = high;
    this.low = low;
  }

  static EventIds of(CommandEnvelope envelope) {
    ByteBuffer random =
        ByteBuffer.wrap(SeedExpansion.expand(envelope.seed(), Label.of(PURPOSE), 2 * Long.BYTES));
    long timeMs = envelope.occurredAt().toEpochMilli();
    return new EventIds(
        timeMs << 16 | VERSION_7 | (random.getLong() & RANDOM_A),
        VARIANT | (random.getLong() & RANDOM_B));
  }

  /**
   * The id of one event.
   *
   * @param ordinal of the event in its command, from 0
   */
  UUID id(int ordinal) {
    return new UUID(high, low + ordinal);
  }
}
