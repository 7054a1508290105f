package io.linkwright.schemas;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What stands before the Avro body in Confluent's wire format: a zero byte and the schema's id, 4
 * bytes, big endian.
 */
final class ConfluentHeader {
  static final int LENGTH_BYTES = 5;
  private static final byte MAGIC = 0;

  private ConfluentHeader() {}

  static void write(byte[] record, int schemaId) {
    ByteBuffer.wrap(record).put(MAGIC).putInt(schemaId);
  }

  /**
   * The id of the schema that the record was written with.
   *
   * @throws SerializationException if the record is in another format
   */
  static int schemaId(byte[] record) {
    if (record.length < LENGTH_BYTES) {
      throw new SerializationException(
          "a record of %d bytes is too short for Confluent's wire format".formatted(record.length));
    }
    if (record[0] != MAGIC) {
      throw new SerializationException(
          "a record begins with byte 0x%02x instead of 0x00 of Confluent's wire format"
              .formatted(record[0]));
    }
    return ByteBuffer.wrap(record).getInt(1);
  }
}
