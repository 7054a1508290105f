package io.linkwright.cli.replay;

/** The log could not be read, which says nothing of what it holds; the message says why. */
public final class ReplayException extends Exception {
  ReplayException(String message) {
    super(message);
  }

  ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
