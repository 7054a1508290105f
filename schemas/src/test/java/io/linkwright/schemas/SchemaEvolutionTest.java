package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Records that another version wrote. */
class SchemaEvolutionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 7;
  private static final String TOPIC = LinkwrightTopics.EVENTS.name();
  private static final int OTHER_ID = 1_000_003;

  @Test
  void fieldsThatANewerVersionAddedAreSkipped() throws IOException {
    RecordedEvent event = any(GroupEvent.GroupCreated.class);
    ObjectNode newer = schema();
    addField(record(newer, "GroupEvent"), "tenant");
    addField(record(newer, "GroupSettingsRecord"), "region");

    RecordedEvent read = readWrittenWith(newer, event);

    assertThat(read).isEqualTo(event);
  }

  @Test
  void fieldsThatAnOlderVersionLacksTakeTheirDefault() throws IOException {
    RecordedEvent event = any(GroupEvent.GroupCreated.class);
    ObjectNode older = schema();
    removeField(record(older, "GroupSettingsRecord"), "hub");

    RecordedEvent read = readWrittenWith(older, event);

    GroupSettings settings = ((GroupEvent.GroupCreated) read.payload()).settings();
    assertThat(settings.hub()).isEmpty();
    assertThat(settings.name())
        .isEqualTo(((GroupEvent.GroupCreated) event.payload()).settings().name());
  }

  /** Avro would take it for an event with the same fields, or with none. */
  @Test
  void anEventThatOnlyANewerVersionKnowsIsNotTakenForAnother() throws IOException {
    RecordedEvent event = any(GroupEvent.LinkRemoved.class);
    ObjectNode newer = schema();
    record(newer, "LinkRemoved").put("name", "LinkPaused");

    assertThatThrownBy(() -> readWrittenWith(newer, event))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("schema id 1000003")
        .hasMessageContaining("has LinkPaused, which this version does not know");
  }

  @Test
  void aRecordOfAnotherApplicationIsRefused() {
    Schema foreign = SchemaTexts.parse("{\"type\":\"record\",\"name\":\"Invoice\",\"fields\":[]}");
    AvroDeserializer deserializer = new AvroDeserializer(new FixedRegistry(9, foreign));

    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 9}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Invoice");
  }

  /** A writer of the other version knows what the record says, and its own defaults. */
  private static RecordedEvent readWrittenWith(ObjectNode otherJson, RecordedEvent event)
      throws IOException {
    Schema other = SchemaTexts.parse(otherJson.toString());
    Schema ours = SchemaTexts.plain(LinkwrightTopics.EVENTS.valueSchema());
    byte[] bytes = WireFormat.bundled().events().serializer().serialize(TOPIC, event);
    GenericRecord generic =
        new GenericDatumReader<GenericRecord>(ours)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
    byte[] otherBytes = write((GenericRecord) converted(generic, other), other);
    WireFormat wire = WireFormat.of(new FixedRegistry(OTHER_ID, other));
    return wire.events().deserializer().deserialize(TOPIC, otherBytes);
  }

  private static byte[] write(GenericRecord record, Schema schema) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[ConfluentHeader.LENGTH_BYTES]);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    byte[] bytes = out.toByteArray();
    ConfluentHeader.write(bytes, OTHER_ID);
    return bytes;
  }

  /** The value in the other schema: fields by name, the payload's branch by position. */
  private static Object converted(Object value, Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericRecord from = (GenericRecord) value;
        GenericRecord to = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          Schema.Field same = from.getSchema().getField(field.name());
          to.put(
              field.pos(),
              same == null ? "added" : converted(from.get(same.pos()), branch(from, same, field)));
        }
        yield to;
      }
      default -> value;
    };
  }

  private static Schema branch(GenericRecord from, Schema.Field same, Schema.Field field) {
    if (field.schema().getType() != Schema.Type.UNION) {
      return field.schema();
    }
    int index = GenericData.get().resolveUnion(same.schema(), from.get(same.pos()));
    return field.schema().getTypes().get(index);
  }

  private static RecordedEvent any(Class<? extends GroupEvent> type) {
    RandomRecords random = new RandomRecords(SEED);
    return Stream.generate(random::event)
        .filter(event -> type.isInstance(event.payload()))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode schema() throws IOException {
    return (ObjectNode)
        JSON.readTree(SchemaTexts.plain(LinkwrightTopics.EVENTS.valueSchema()).toString());
  }

  private static ObjectNode record(JsonNode schema, String name) {
    return Stream.concat(Stream.of(schema), schema.findParents("name").stream())
        .filter(node -> node.path("name").asText().equals(name) && node.has("fields"))
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void addField(ObjectNode record, String name) {
    ((ArrayNode) record.get("fields"))
        .insertObject(0)
        .put("name", name)
        .put("type", "string")
        .put("default", "");
  }

  private static void removeField(ObjectNode record, String name) {
    Iterator<JsonNode> fields = record.get("fields").elements();
    while (fields.hasNext()) {
      if (fields.next().path("name").asText().equals(name)) {
        fields.remove();
        return;
      }
    }
  }
}
