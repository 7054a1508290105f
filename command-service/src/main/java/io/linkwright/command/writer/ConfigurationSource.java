package io.linkwright.command.writer;

import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.GroupState;
import io.linkwright.domain.KeySeed;
import io.linkwright.domain.RecordedEvent;
import java.util.List;

/** Makes the configuration records that an event calls for. Owned by one writer's thread. */
public interface ConfigurationSource {

  /**
   * The records of {@code event}: two for a link, one for a membership, none for anything else.
   *
   * @param after the group with the event
   * @param seed of the command that caused the event
   */
  List<LogRecord.Configuration> recordsOf(RecordedEvent event, GroupState after, KeySeed seed);
}
