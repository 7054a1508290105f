package io.linkwright.systemtests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

/** Confluent's registry client and Flink's coder, with an Avro of their own: no code of ours. */
final class ForeignDecoder {
  private static final int CACHED_SCHEMAS = 16;

  private final ConfluentSchemaRegistryCoder coder;

  ForeignDecoder(String registryUrl) {
    coder =
        new ConfluentSchemaRegistryCoder(
            new CachedSchemaRegistryClient(registryUrl, CACHED_SCHEMAS));
  }

  GenericRecord decode(byte[] value) {
    ByteArrayInputStream input = new ByteArrayInputStream(value);
    try {
      Schema schema = coder.readSchema(input);
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(input, null));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
