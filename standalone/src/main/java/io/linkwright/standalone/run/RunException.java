package io.linkwright.standalone.run;

/** A run cannot start; the message says why and what to do. */
public final class RunException extends Exception {
  RunException(String message) {
    super(message);
  }

  /** Says why, and keeps what led to it. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
