package io.linkwright.cli.applying;

/** A file of groups says what cannot be; the message says where, and what is allowed. */
public final class GroupFileException extends Exception {
  GroupFileException(String message) {
    super(message);
  }

  GroupFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
