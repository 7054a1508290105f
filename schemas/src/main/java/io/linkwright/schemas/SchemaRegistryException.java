package io.linkwright.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry cannot be reached, or refuses a schema. Says nothing of a record: the same read may
 * succeed later. A {@link SerializationException}, as Kafka's interfaces want it.
 */
public final class SchemaRegistryException extends SerializationException {
  SchemaRegistryException(String message) {
    super(message);
  }

  SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
