package io.linkwright.topology.query;

import io.linkwright.domain.group.RecordedEvent;
import java.util.List;

/** The log, read at known places: a port. */
public interface EventLog {
  /** Most events of one call. */
  int MAX_EVENTS = 500;

  /**
   * The events at these offsets of a partition, in their order.
   *
   * @param offsets ascending, at most {@link #MAX_EVENTS}, each that of a committed event
   * @throws EventLogUnavailableException if the log does not answer in time
   */
  List<RecordedEvent> read(int partition, List<Long> offsets);

  /** The log did not answer; the message says what was waited for. */
  final class EventLogUnavailableException extends RuntimeException {
    /** Says what was waited for. */
    public EventLogUnavailableException(String message) {
      super(message, null, false, false);
    }
  }
}
