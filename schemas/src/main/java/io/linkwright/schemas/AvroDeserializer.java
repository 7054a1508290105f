package io.linkwright.schemas;

import io.linkwright.schemas.avro.EdgeConfigChanged;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what {@link AvroSerializer} or any Confluent serializer wrote: the writer's schema is
 * looked up by the id in the record and resolved to the schema of this build's generated class of
 * the same name. Configured by {@code schema.registry.url}. For values only.
 *
 * <p>Thread-safe. The registry is asked once for each id.
 */
public final class AvroDeserializer implements Deserializer<SpecificRecord> {
  private static final Map<String, Schema> READER_SCHEMAS =
      LinkwrightTopics.all().stream()
          .map(TopicDescriptor::valueSchema)
          .collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));

  private final Map<Integer, DatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();
  private volatile SchemaRegistry registry;

  static {
    TrustedClasses.declare();
    AvroLimits.declare();
  }

  /** For Kafka, which calls {@link #configure(Map, boolean)} next. */
  public AvroDeserializer() {}

  /** Configured in code. */
  public AvroDeserializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (isKey) {
      throw new ConfigException("AvroDeserializer reads values; keys are strings");
    }
    registry = WireConfig.registry(configs);
  }

  @Override
  public SpecificRecord deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    int schemaId = ConfluentHeader.schemaId(bytes);
    DatumReader<SpecificRecord> reader = readers.get(schemaId);
    if (reader == null) {
      reader = newReader(schemaId);
      readers.put(schemaId, reader);
    }
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes,
                ConfluentHeader.LENGTH_BYTES,
                bytes.length - ConfluentHeader.LENGTH_BYTES,
                null);
    try {
      SpecificRecord record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new SerializationException(
            "a record of %s has bytes after its end (schema id %d)".formatted(topic, schemaId));
      }
      return record;
    } catch (SerializationException told) {
      throw told;
    } catch (IOException | RuntimeException broken) {
      // A time or an id that cannot be is refused by whatever it is converted to.
      throw new SerializationException(
          "a record of %s cannot be read with schema id %d".formatted(topic, schemaId), broken);
    }
  }

  /** Avro's fast readers hold no state of a read, so that threads may share them. */
  private DatumReader<SpecificRecord> newReader(int schemaId) {
    Schema written = registry.schema(schemaId);
    Schema read = READER_SCHEMAS.get(written.getFullName());
    if (read == null) {
      throw new SerializationException(
          "schema id %d is %s, which this version cannot read"
              .formatted(schemaId, written.getFullName()));
    }
    try {
      SpecificData data = new SpecificData(EdgeConfigChanged.class.getClassLoader());
      Set<String> unknown = UnionCheck.unknownBranches(written, read, data);
      if (!unknown.isEmpty()) {
        throw new UnknownSchemaException(
            "schema id %d of %s has %s, which this version does not know; readers are upgraded before writers"
                .formatted(schemaId, written.getFullName(), String.join(", ", unknown)));
      }
      return data.getFastReaderBuilder().createDatumReader(written, read);
    } catch (IOException | AvroRuntimeException unresolvable) {
      throw new UnknownSchemaException(
          "schema id %d of %s does not resolve to this version's"
              .formatted(schemaId, written.getFullName()),
          unresolvable);
    }
  }
}
