package io.linkwright.command.log;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.group.RecordedEvent;
import java.util.Optional;

/** A record of a transaction. */
public sealed interface LogRecord {

  /** Goes to {@code linkwright.events}. */
  record Event(RecordedEvent event) implements LogRecord {}

  /**
   * Goes to {@code linkwright.edge-config}.
   *
   * @param revision of the event that calls for it
   * @param value empty is a tombstone
   */
  record Configuration(EdgeConfigKey key, long revision, Optional<EdgeConfiguration> value)
      implements LogRecord {}
}
