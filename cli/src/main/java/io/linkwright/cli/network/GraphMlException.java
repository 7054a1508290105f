package io.linkwright.cli.network;

/** A file that is not a network we can read; the message says what is wrong and where. */
public final class GraphMlException extends Exception {

  GraphMlException(String message) {
    super(message);
  }

  GraphMlException(String message, Throwable cause) {
    super(message, cause);
  }
}
