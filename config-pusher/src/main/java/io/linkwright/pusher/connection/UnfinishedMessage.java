package io.linkwright.pusher.connection;

import io.linkwright.edgeprotocol.ProtocolLimits;

/**
 * The parts of a text message that have come so far. What a stranger sends is bounded more tightly
 * than what an edge does that has proved itself. Owned by the thread that reads the wire.
 */
final class UnfinishedMessage {
  /** A hello that lists 20,000 links of long names. */
  private static final int MAX_STRANGER_CHARS = 4 << 20;

  private final Strangers strangers;
  private StringBuilder parts = new StringBuilder();

  /** Room taken of what strangers share. */
  private long taken;

  private volatile boolean trusted;

  UnfinishedMessage(Strangers strangers) {
    this.strangers = strangers;
  }

  /** What became of a part. */
  sealed interface Added {
    /** More is to come. */
    record Unfinished() implements Added {}

    record Finished(String message) implements Added {}

    /** Longer than this sender may send. */
    record TooLong(int allowed) implements Added {}

    /** Strangers send too much at the moment. */
    record NoRoom() implements Added {}
  }

  /** The sender has proved itself. */
  void trust() {
    trusted = true;
  }

  Added add(String part, Last last) {
    int allowed = trusted ? ProtocolLimits.MAX_MESSAGE_LENGTH : MAX_STRANGER_CHARS;
    long length = (long) parts.length() + part.length();
    if (length > allowed) {
      clear();
      return new Added.TooLong(allowed);
    }
    if (!trusted && !takeRoom(length)) {
      clear();
      return new Added.NoRoom();
    }
    if (last == Last.YES && parts.isEmpty()) {
      clear();
      return new Added.Finished(part);
    }
    parts.append(part);
    return last == Last.YES ? new Added.Finished(clear()) : new Added.Unfinished();
  }

  /** Whether a part ends the message. */
  enum Last {
    YES,
    NO;

    static Last of(boolean last) {
      return last ? YES : NO;
    }
  }

  private boolean takeRoom(long length) {
    long more = Math.max(0, length - Strangers.FREE_CHARS) - taken;
    if (more > 0) {
      if (!strangers.takeChars(more)) {
        return false;
      }
      taken += more;
    }
    return true;
  }

  /** Gives back all room. */
  String clear() {
    String message = parts.toString();
    parts = new StringBuilder();
    strangers.giveCharsBack(taken);
    taken = 0;
    return message;
  }
}
