package io.linkwright.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry cannot be reached, does not know an id or refuses a schema. A {@link
 * SerializationException}, so that Kafka's clients treat it as a failure of this record.
 */
public final class SchemaRegistryException extends SerializationException {
  SchemaRegistryException(String message) {
    super(message);
  }

  SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
