package io.linkwright.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the OpenAPI document says: the operations, what a body may be, what an answer must be. */
final class ApiDocument {
  /** Deep enough for every schema; some hold themselves. */
  private static final int MAX_DEPTH = 6;

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final JsonNode root;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  ApiDocument(JsonNode root) {
    this.root = root;
  }

  /** An operation and where it stands in the document. */
  record Operation(String method, String path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
        }
      }
    }
    return operations;
  }

  /** Names of the parameters that stand {@code in} the query or a header. */
  List<String> parameters(Operation operation, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation.node().path("parameters")) {
      JsonNode resolved = resolve(parameter);
      if (resolved.path("in").asText().equals(in)) {
        names.add(resolved.path("name").asText());
      }
    }
    return names;
  }

  /** A body that is at least nearly one that the operation takes. */
  JsonNode body(Operation operation, FuzzRun fuzz) {
    JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
    return schema.isMissingNode() ? FuzzSite.object() : sample(schema, fuzz, 0);
  }

  private JsonNode sample(JsonNode given, FuzzRun fuzz, int depth) {
    JsonNode schema = resolve(given);
    if (fuzz.oneIn(25) || depth > MAX_DEPTH) {
      return LinkwrightApi.mapper().getNodeFactory().textNode(fuzz.hostile());
    }
    if (schema.has("enum")) {
      JsonNode choices = schema.path("enum");
      return choices.get(fuzz.below(choices.size()));
    }
    for (String choice : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(choice)) {
        JsonNode choices = schema.path(choice);
        return sample(choices.get(fuzz.below(choices.size())), fuzz, depth + 1);
      }
    }
    return switch (type(schema, fuzz)) {
      case "object" -> sampleObject(schema, fuzz, depth);
      case "array" -> sampleArray(schema, fuzz, depth);
      case "boolean" -> LinkwrightApi.mapper().getNodeFactory().booleanNode(fuzz.oneIn(2));
      case "integer" -> LinkwrightApi.mapper().getNodeFactory().numberNode(fuzz.anyLong());
      case "number" -> LinkwrightApi.mapper().getNodeFactory().numberNode(fuzz.anyLong() / 7.0);
      case "null" -> LinkwrightApi.mapper().getNodeFactory().nullNode();
      default -> LinkwrightApi.mapper().getNodeFactory().textNode(text(schema, fuzz));
    };
  }

  private static String type(JsonNode schema, FuzzRun fuzz) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.get(fuzz.below(type.size())).asText() : type.asText("object");
  }

  private static String text(JsonNode schema, FuzzRun fuzz) {
    JsonNode example =
        schema.has("example") ? schema.path("example") : schema.path("examples").path(0);
    List<String> known =
        List.of("fuzz-a", "fuzz-b", "fuzz-c", "fuzz", "198.51.100.7:51820", "10.7.0.0/16", "PT1H");
    return example.isTextual() && !fuzz.oneIn(3) ? example.asText() : fuzz.oneOf(known);
  }

  private ObjectNode sampleObject(JsonNode schema, FuzzRun fuzz, int depth) {
    ObjectNode object = FuzzSite.object();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      boolean required = schema.path("required").toString().contains('"' + field.getKey() + '"');
      if (required ? !fuzz.oneIn(20) : fuzz.oneIn(2)) {
        object.set(field.getKey(), sample(field.getValue(), fuzz, depth + 1));
      }
    }
    if (fuzz.oneIn(20)) {
      object.put(fuzz.hostile(), fuzz.hostile());
    }
    return object;
  }

  private ArrayNode sampleArray(JsonNode schema, FuzzRun fuzz, int depth) {
    ArrayNode array = LinkwrightApi.mapper().createArrayNode();
    int size = fuzz.oneIn(30) ? 1_000 : fuzz.below(4);
    for (int i = 0; i < size; i++) {
      array.add(sample(schema.path("items"), fuzz, depth + 1));
    }
    return array;
  }

  /** The body of an answer that is no error is as the document has it. */
  void requireAnswer(Operation operation, RawHttp.Answer answer, String found) {
    JsonNode response =
        resolve(operation.node().path("responses").path(Integer.toString(answer.status())));
    assertThat(response.isMissingNode())
        .as("%s: undocumented status %d %s", found, answer.status(), answer.body())
        .isFalse();
    JsonNode content = response.path("content").path(answer.mediaType());
    if (answer.mediaType().endsWith("json") && content.has("schema")) {
      requireValid(content.path("schema"), answer.body(), found);
    }
  }

  /** An error is a problem, with a code that the document knows. */
  void requireProblem(RawHttp.Answer answer, String found) {
    assertThat(answer.mediaType()).as(found).isEqualTo("application/problem+json");
    requireValid(root.at("/components/schemas/Problem"), answer.body(), found);
    assertThat(json(answer.body()).path("status").asInt()).as(found).isEqualTo(answer.status());
  }

  private void requireValid(JsonNode schema, String body, String found) {
    ObjectNode standalone = FuzzSite.object();
    standalone.putArray("allOf").add(schema);
    standalone.set("components", root.path("components"));
    assertThat(schemas.getSchema(standalone).validate(json(body))).as(found + body).isEmpty();
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static JsonNode json(String text) {
    try {
      return LinkwrightApi.mapper().readTree(text);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(text, noJson);
    }
  }
}
