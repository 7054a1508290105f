package io.linkwright.command.log;

/** What is known of a transaction. */
public sealed interface AppendOutcome {

  /** Every record is on the log. */
  record Committed() implements AppendOutcome {}

  /** No record is on the log or ever will be; the claim holds and another append may succeed. */
  record Aborted(String reason) implements AppendOutcome {}

  /** No record is on the log or ever will be, and the claim is over. */
  record Fenced(String reason) implements AppendOutcome {}

  /**
   * All records are on the log, or none is; only a new claim and its replay can tell. This claim is
   * over.
   */
  record Unknown(String reason) implements AppendOutcome {}
}
