package io.linkwright.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Schemas as they are published. Registries lay out a schema's text as they like, and generated
 * classes carry a hint for Java, so schemas are compared parsed and plain.
 */
final class SchemaTexts {
  private static final String JAVA_STRING_HINT = "avro.java.string";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaTexts() {}

  /** The schema without the hint which class Java is to take for strings. */
  static Schema plain(Schema schema) {
    try {
      return parse(withoutHint(JSON.readTree(schema.toString())).toString());
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", broken);
    }
  }

  /**
   * Reads a schema. Avro's parser fails in many ways at what is none (a NullPointerException at a
   * name that is not defined); here it is one.
   *
   * @throws SchemaParseException if the text is not a schema
   */
  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException told) {
      throw told;
    } catch (RuntimeException notSchema) {
      throw new SchemaParseException(notSchema);
    }
  }

  private static JsonNode withoutHint(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode plain = JSON.createArrayNode();
      array.forEach(item -> plain.add(withoutHint(item)));
      return plain;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode plain = JSON.createObjectNode();
    object
        .properties()
        .forEach(
            property -> {
              if (!property.getKey().equals(JAVA_STRING_HINT)) {
                plain.set(property.getKey(), withoutHint(property.getValue()));
              }
            });
    boolean bareType = plain.size() == 1 && plain.path("type").isTextual();
    return bareType ? plain.get("type") : plain;
  }
}
