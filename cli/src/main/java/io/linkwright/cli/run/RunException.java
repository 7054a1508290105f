package io.linkwright.cli.run;

/** The all-in-one run cannot start; the message says why and what to do. */
public final class RunException extends Exception {
  RunException(String message) {
    super(message);
  }

  RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
