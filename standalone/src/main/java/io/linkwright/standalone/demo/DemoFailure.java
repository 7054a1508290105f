package io.linkwright.standalone.demo;

/** Something the demo waited for did not happen; the message says what. */
final class DemoFailure extends RuntimeException {
  DemoFailure(String message) {
    super(message);
  }
}
