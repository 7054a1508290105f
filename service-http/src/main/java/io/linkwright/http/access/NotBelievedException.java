package io.linkwright.http.access;

/** A token does not prove who sent it. The message is for the log, not for the sender. */
final class NotBelievedException extends Exception {
  private static final long serialVersionUID = 1L;

  NotBelievedException(String reason) {
    super(reason);
  }

  NotBelievedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
