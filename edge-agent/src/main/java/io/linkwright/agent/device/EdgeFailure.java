package io.linkwright.agent.device;

import io.linkwright.terminal.command.CommandFailure;

/** A device cannot be or run what it is asked to; the message says what to do about it. */
public final class EdgeFailure extends CommandFailure {

  /** Fails with a message for people. */
  public EdgeFailure(String message) {
    super(message);
  }

  /** Fails with a message for people, and what led to it. */
  public EdgeFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
