package io.linkwright.schemas;

import java.net.URI;
import java.nio.ByteBuffer;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;

/**
 * A reader that shares nothing with ours: Confluent's own registry client and another release of
 * Avro, as Apache Flink ships them.
 */
final class ForeignClient {
  private static final int CACHE_SIZE = 10;

  private final CachedSchemaRegistryClient client;

  ForeignClient(URI registry) {
    client = new CachedSchemaRegistryClient(registry.toString(), CACHE_SIZE);
  }

  GenericRecord read(byte[] bytes) throws Exception {
    ByteBuffer record = ByteBuffer.wrap(bytes);
    if (record.get() != 0) {
      throw new IllegalArgumentException("not Confluent's wire format");
    }
    Schema schema = ((AvroSchema) client.getSchemaById(record.getInt())).rawSchema();
    return new GenericDatumReader<GenericRecord>(schema)
        .read(
            null,
            DecoderFactory.get().binaryDecoder(bytes, record.position(), record.remaining(), null));
  }

  /** The id under which the subject has this schema. */
  int idOf(String subject, String schema) throws Exception {
    return client.getId(subject, new AvroSchema(schema));
  }

  int register(String subject, String schema) throws Exception {
    return client.register(subject, new AvroSchema(schema));
  }
}
