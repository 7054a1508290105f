package io.linkwright.command.log;

/**
 * A partition must not be claimed as it is: what was built on it would be wrong. Another try helps
 * only after somebody has mended it; the message says how.
 */
public final class UnclaimableLogException extends RuntimeException {

  /** Says what is wrong and what to do. */
  public UnclaimableLogException(String message) {
    super(message);
  }
}
