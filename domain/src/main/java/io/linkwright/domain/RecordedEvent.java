package io.linkwright.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * An event in its envelope, as it stands on {@code linkwright.events}.
 *
 * @param revision the group's event count: dense, from 1
 * @param actor who asked for it, as the command said
 * @param commandId the command's {@code Idempotency-Key}, or one made for it
 */
public record RecordedEvent(
    UUID eventId,
    GroupId group,
    long revision,
    Instant occurredAt,
    String actor,
    String commandId,
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
}
