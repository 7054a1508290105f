package io.linkwright.command.writer;

import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.key.KeySeed;
import java.util.List;
import java.util.Optional;

/**
 * Makes the configuration records that events call for, in two steps: what depends on an event is
 * drafted with it, and a transaction's drafts are signed together. Owned by one writer's thread.
 */
public interface ConfigurationSource {

  /**
   * What {@code event} calls for: records for two edges if it is of a link, for one if of a
   * membership, nothing for anything else.
   *
   * @param after the group with the event
   * @param seed of the command that caused the event
   */
  Optional<ConfigurationDraft> draftOf(RecordedEvent event, GroupState after, KeySeed seed);

  /** The records of all drafts of a transaction, in their order. */
  List<LogRecord.Configuration> signed(List<ConfigurationDraft> drafts);
}
