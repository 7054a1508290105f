package io.linkwright.command.log;

import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.RecordedEvent;

/** A committed record of a partition, as a reader finds it. */
public sealed interface LoggedRecord {

  /** Where it stands. */
  long offset();

  /**
   * An event.
   *
   * @param key of the record; empty if it has none
   */
  record Event(long offset, String key, RecordedEvent event, EventSeal seal)
      implements LoggedRecord {}

  /**
   * May be an event, and is of a schema that is not known here.
   *
   * @param key of the record; empty if it has none
   * @param why for people
   */
  record Unknown(long offset, String key, String why) implements LoggedRecord {}

  /** No event of ours: it never counts. */
  record Foreign(long offset, String why) implements LoggedRecord {}
}
