package io.linkwright.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The record is framed as ours are, but its schema is not known here: it was written by a newer
 * version, or with a registry that has since lost it. It may well count, so it is never taken for a
 * stranger's.
 */
public final class UnknownSchemaException extends SerializationException {
  UnknownSchemaException(String message) {
    super(message);
  }

  UnknownSchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
