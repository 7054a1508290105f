package io.linkwright.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes generated Avro classes in Confluent's wire format: a zero byte, the schema's id in 4
 * bytes, the Avro body. Configured by {@code schema.registry.url}. For values only.
 *
 * <p>Thread-safe. The registry is asked once for each topic and schema.
 */
public final class AvroSerializer implements Serializer<SpecificRecord> {
  private static final int INITIAL_SIZE_BYTES = 512;
  private static final byte[] EMPTY_HEADER = new byte[ConfluentHeader.LENGTH_BYTES];

  private final Map<String, Target> targets = new ConcurrentHashMap<>();
  private volatile SchemaRegistry registry;

  /** What the last record of a topic was written with. */
  private record Target(Class<?> type, int schemaId, DatumWriter<SpecificRecord> writer) {}

  /** For Kafka, which calls {@link #configure(Map, boolean)} next. */
  public AvroSerializer() {}

  /** Configured in code. */
  public AvroSerializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (isKey) {
      throw new ConfigException("AvroSerializer writes values; keys are strings");
    }
    registry = WireConfig.registry(configs);
  }

  @Override
  public byte[] serialize(String topic, SpecificRecord record) {
    if (record == null) {
      return null;
    }
    Target target = target(topic, record);
    ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_SIZE_BYTES);
    out.write(EMPTY_HEADER, 0, EMPTY_HEADER.length);
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      target.writer().write(record, encoder);
    } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException bad) {
      throw new SerializationException(
          "a record for %s does not fit its schema %s"
              .formatted(topic, record.getSchema().getFullName()),
          bad);
    }
    byte[] bytes = out.toByteArray();
    ConfluentHeader.write(bytes, target.schemaId());
    return bytes;
  }

  private Target target(String topic, SpecificRecord record) {
    Target known = targets.get(topic);
    if (known != null && known.type() == record.getClass()) {
      return known;
    }
    Schema schema = record.getSchema();
    int id = registry.idOf(Subjects.ofValue(topic), schema);
    Target fresh =
        new Target(
            record.getClass(),
            id,
            new SpecificDatumWriter<>(schema, SpecificData.getForClass(record.getClass())));
    targets.put(topic, fresh);
    return fresh;
  }
}
