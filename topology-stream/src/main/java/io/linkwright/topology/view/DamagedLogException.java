package io.linkwright.topology.view;

import io.linkwright.domain.RecordedEvent;

/**
 * The log does not tell one dense history of a group. No view can be made of it: the stream stops,
 * and an operator must look.
 */
public final class DamagedLogException extends RuntimeException {
  private DamagedLogException(String message) {
    super(message);
  }

  static DamagedLogException gap(RecordedEvent event, long lastRevision) {
    return new DamagedLogException(
        "group %s goes from revision %d to %d: events are missing on the log"
            .formatted(event.group(), lastRevision, event.revision()));
  }

  static DamagedLogException rival(RecordedEvent event) {
    return new DamagedLogException(
        "group %s has two different events at revision %d"
            .formatted(event.group(), event.revision()));
  }
}
