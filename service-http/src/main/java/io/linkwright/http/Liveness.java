package io.linkwright.http;

/** Whether a module still works, or must be started anew. */
public sealed interface Liveness {

  /** It works, or will again by itself. */
  record Alive() implements Liveness {}

  /**
   * It has stopped for good, or is stuck: only a new start of the process helps.
   *
   * @param reason for people, as in {@code thread pusher-feed has made no progress for 60 s}
   */
  record Dead(String reason) implements Liveness {}

  /** It works. */
  static Liveness alive() {
    return new Alive();
  }

  /** Only a new start helps, because of {@code reason}. */
  static Liveness dead(String reason) {
    return new Dead(reason);
  }
}
