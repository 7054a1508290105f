package io.linkwright.agent.configuration;

/** The outcome of checking a configuration. */
public sealed interface Verdict {

  /** It is genuine, and this is what it changes. */
  record Accepted(Plan plan) implements Verdict {}

  /** It is genuine and the edge runs it already. */
  record Unchanged() implements Verdict {}

  /**
   * Nothing of it is applied.
   *
   * @param reason in words for an operator, without secrets
   */
  record Refused(String reason) implements Verdict {}
}
