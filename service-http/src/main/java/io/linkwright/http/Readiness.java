package io.linkwright.http;

/** Whether a module can serve. */
public sealed interface Readiness {

  /** It can. */
  record Ready() implements Readiness {}

  /**
   * It cannot yet, or not any more.
   *
   * @param reason for people, as in {@code replaying 3 of 12 partitions}
   */
  record NotReady(String reason) implements Readiness {}

  /** It can. */
  static Readiness ready() {
    return new Ready();
  }

  /** It cannot, because of {@code reason}. */
  static Readiness notReady(String reason) {
    return new NotReady(reason);
  }
}
