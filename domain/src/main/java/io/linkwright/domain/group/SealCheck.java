package io.linkwright.domain.group;

import java.util.Optional;

/** Whether an event was put in its place by one who has the key of the log. */
@FunctionalInterface
public interface SealCheck {
  /** What is said of an event that carries no MAC at all. */
  String NO_MAC = "it carries no MAC: no writer of ours wrote it";

  /**
   * Why the event cannot be ours; empty if it is.
   *
   * @param head that the group's chain comes to with the event
   */
  Optional<String> objection(LogHead head, EventSeal seal);

  /** For a reader without the key: there must be a MAC, and what it proves cannot be told. */
  static SealCheck ofPresence() {
    return (_, seal) -> seal.mac().isPresent() ? Optional.empty() : Optional.of(NO_MAC);
  }
}
