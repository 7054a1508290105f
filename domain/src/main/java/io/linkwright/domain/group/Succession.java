package io.linkwright.domain.group;

/**
 * What an event of the log is to its group. The one rule of what may follow what: writer, view and
 * auditor go by it.
 */
public sealed interface Succession {

  /** It follows. */
  record Next(GroupState after) implements Succession {}

  /** It cannot follow, and the group stands still from here on. */
  record Defective(GroupDefect defect) implements Succession {}

  /** The group stands still because of an earlier defect: the event does not count. */
  record SetAside() implements Succession {}

  /**
   * It stands under a key that is not its group's, so no writer of ours wrote it. It never counts;
   * if it should, the group's next event shows a gap.
   */
  record Stray(String reason) implements Succession {}
}
