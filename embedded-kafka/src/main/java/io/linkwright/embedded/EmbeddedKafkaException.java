package io.linkwright.embedded;

/** The broker cannot start: its port is taken, its directory is in use, or its data is damaged. */
public final class EmbeddedKafkaException extends RuntimeException {
  EmbeddedKafkaException(String message, Throwable cause) {
    super(message, cause);
  }
}
