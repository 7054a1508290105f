package io.linkwright.command.log;

/** The log did not do what was asked: infrastructure, not a decision. Another try may succeed. */
public final class EventLogException extends RuntimeException {

  /** Says what was tried and why it failed. */
  public EventLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
