package io.linkwright.cli.importing;

/** The plan does not fit the group or the server's rules; the message says how. */
public final class ImportConflictException extends Exception {
  ImportConflictException(String message) {
    super(message);
  }
}
