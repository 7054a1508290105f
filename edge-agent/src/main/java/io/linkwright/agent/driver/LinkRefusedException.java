package io.linkwright.agent.driver;

/** A link cannot be run as described. The message says what to do, and has no secrets. */
final class LinkRefusedException extends Exception {
  LinkRefusedException(String reason) {
    super(reason);
  }
}
