package io.linkwright.cli.importing;

/** The group on the server is another than the one to import into; the message says how. */
public final class ImportConflictException extends Exception {
  ImportConflictException(String message) {
    super(message);
  }
}
