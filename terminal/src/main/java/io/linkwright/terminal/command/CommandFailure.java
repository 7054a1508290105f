package io.linkwright.terminal.command;

/** Ends a command with exit code 1; the message says what is wrong and what to do about it. */
public class CommandFailure extends RuntimeException {

  /** Fails with a message for people. */
  public CommandFailure(String message) {
    super(message);
  }

  /** Fails with a message for people, and what led to it. */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
