package io.linkwright.topology.view;

/**
 * Why a group stands still: an event that cannot follow what stands before it, or that cannot be
 * read. The group is shown as the events before it left it.
 *
 * @param kind whether another version of this program may know better
 * @param partition of {@code linkwright.events}
 * @param offset of the event
 * @param revision that the event has, or would have
 * @param reason for people
 */
public record Damage(Kind kind, int partition, long offset, long revision, String reason) {
  /** Longest reason: it may quote what a stranger wrote. */
  static final int MAX_REASON_LENGTH = 300;

  /** What is wrong. */
  public enum Kind {
    /** The event contradicts the events before it. */
    IMPOSSIBLE,
    /** The event's schema is not known here. */
    UNREADABLE
  }

  /** Shortens the reason. */
  public Damage {
    reason =
        reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) + "…" : reason;
  }

  /** Where an event stands on {@code linkwright.events}. */
  public record Place(int partition, long offset) {
    Damage impossible(long revision, String reason) {
      return new Damage(Kind.IMPOSSIBLE, partition, offset, revision, reason);
    }

    Damage unreadable(long revision, String reason) {
      return new Damage(Kind.UNREADABLE, partition, offset, revision, reason);
    }
  }

  static void write(RecordWriter writer, Damage damage) {
    writer
        .flag(damage.kind == Kind.UNREADABLE)
        .number(damage.partition)
        .number(damage.offset)
        .number(damage.revision)
        .text(damage.reason);
  }

  static Damage read(RecordReader reader) {
    return new Damage(
        reader.flag() ? Kind.UNREADABLE : Kind.IMPOSSIBLE,
        (int) reader.number(),
        reader.number(),
        reader.number(),
        reader.text());
  }
}
