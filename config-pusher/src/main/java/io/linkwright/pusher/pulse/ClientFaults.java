package io.linkwright.pusher.pulse;

import io.linkwright.schemas.SchemaRegistryException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * How failures of Kafka's clients are told apart, everywhere in the pusher. None of them is fatal
 * to the process: brokers, rights and the registry come back, so everything is tried again for
 * ever, with back-off. But only after a delay may the same client be used again.
 */
public final class ClientFaults {
  /**
   * Between attempts to connect: a broker that is down is asked, and logged, that often at most.
   */
  public static final int RECONNECT_MAX_MS = 5_000;

  private ClientFaults() {}

  /**
   * Whether the client works as it did: nothing but time has passed, or the record was at fault.
   * After anything else (authorization, an unsupported version, an illegal state, a fenced id) it
   * is to be closed and made anew.
   */
  public static boolean isDelay(Throwable failure) {
    return failure instanceof RetriableException
        || failure instanceof RecordTooLargeException
        || failure instanceof SchemaRegistryException
        || failure instanceof SerializationException;
  }
}
