package io.linkwright.schemas;

/**
 * A topic exists and is not what Linkwright needs. An operator has to decide what becomes of it.
 */
public final class TopicMismatchException extends RuntimeException {
  TopicMismatchException(String message) {
    super(message);
  }
}
