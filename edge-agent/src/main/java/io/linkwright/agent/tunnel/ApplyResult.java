package io.linkwright.agent.tunnel;

/** What became of a plan. */
public sealed interface ApplyResult {

  /** It is done. */
  record Applied() implements ApplyResult {}

  /**
   * Nothing has changed.
   *
   * @param reason in words for an operator, without secrets
   */
  record Failed(String reason) implements ApplyResult {}
}
