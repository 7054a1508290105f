package io.linkwright.domain.group;

import io.linkwright.domain.id.GroupId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event in its envelope, as it stands on {@code linkwright.events}.
 *
 * @param revision the group's event count: dense, from 1
 * @param actor who asked for it, as the command said
 * @param commandId names the command within its group: made of its {@code Idempotency-Key}, or for
 *     it if it has none
 * @param commandDigest of what the command asked for; empty if it was written before there were
 *     digests
 */
public record RecordedEvent(
    UUID eventId,
    GroupId group,
    long revision,
    Instant occurredAt,
    String actor,
    String commandId,
    Optional<CommandDigest> commandDigest,
    GroupEvent payload) {

  /**
   * Checks the revision.
   *
   * @throws IllegalArgumentException if {@code revision} is less than 1
   */
  public RecordedEvent {
    if (revision < 1) {
      throw new IllegalArgumentException("revision %d is less than 1".formatted(revision));
    }
  }

  /** An event of a time without digests. */
  public RecordedEvent(
      UUID eventId,
      GroupId group,
      long revision,
      Instant occurredAt,
      String actor,
      String commandId,
      GroupEvent payload) {
    this(eventId, group, revision, occurredAt, actor, commandId, Optional.empty(), payload);
  }
}
