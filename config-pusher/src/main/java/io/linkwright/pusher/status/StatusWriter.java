package io.linkwright.pusher.status;

import io.linkwright.domain.delivery.EdgeStatus;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the outbox writes. Called by one thread. */
interface StatusWriter extends AutoCloseable {

  /**
   * Hands a record over; does not wait for it to be written.
   *
   * @param done told on any thread whether it was written, or why not
   * @throws org.apache.kafka.common.KafkaException if it could not be handed over
   */
  void write(EdgeStatus status, Consumer<Optional<Exception>> done);

  /** Waits for what was handed over, within bounds. */
  @Override
  void close();
}
