package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.linkwright.http.Route;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The served document, and what it says about a request and its answer. */
final class OpenApiDocument {
  private final JsonNode root;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  OpenApiDocument(JsonNode root) {
    this.root = root;
  }

  /** Every operation of the document. */
  Set<Route> operations() {
    Set<Route> operations = new HashSet<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> operations.add(new Route(method.toUpperCase(Locale.ROOT), path.getKey())));
    }
    return operations;
  }

  /** The operation that a request is for: the one with the fewest parameters that fits. */
  Route operation(String method, String path) {
    return operations().stream()
        .filter(route -> route.method().equals(method))
        .filter(route -> matches(route.path(), path))
        .min(Comparator.comparingLong(route -> route.path().chars().filter(c -> c == '{').count()))
        .orElseThrow(() -> new AssertionError("%s %s is not documented".formatted(method, path)));
  }

  /** The documented answers. */
  Set<Integer> statuses(Route operation) {
    Set<Integer> statuses = new HashSet<>();
    node(operation)
        .path("responses")
        .fieldNames()
        .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
    return statuses;
  }

  /** The answer's status, media type and body are as documented. */
  void requireAnswer(Route operation, int status, String mediaType, String body) {
    JsonNode response = resolve(node(operation).path("responses").path(Integer.toString(status)));
    assertThat(response.isMissingNode())
        .as("%s is answered with %d, undocumented: %s", operation, status, body)
        .isFalse();
    JsonNode content = response.path("content").path(mediaType);
    assertThat(content.isMissingNode())
        .as("%s is answered %d with %s, undocumented", operation, status, mediaType)
        .isFalse();
    if (mediaType.endsWith("json")) {
      requireValid(content.path("schema"), body, operation + " " + status);
    }
  }

  /** A body that the server took must be one that the document allows. */
  void requireBody(Route operation, String body) {
    requireValid(
        node(operation).at("/requestBody/content/application~1json/schema"),
        body,
        operation + " body");
  }

  /** The text is as a schema of the components has it. */
  void requireValid(String component, String body) {
    requireValid(root.at("/components/schemas/" + component), body, component);
  }

  Set<String> problemCodes() {
    Set<String> codes = new HashSet<>();
    root.at("/components/schemas/Problem/properties/code/enum")
        .forEach(code -> codes.add(code.asText()));
    return codes;
  }

  private void requireValid(JsonNode schema, String body, String what) {
    assertThat(schema.isMissingNode()).as("%s has no schema", what).isFalse();
    ObjectNode standalone = LinkwrightApi.mapper().createObjectNode();
    standalone.putArray("allOf").add(schema);
    standalone.set("components", root.path("components"));
    assertThat(schemas.getSchema(standalone).validate(json(body)))
        .as("%s: %s", what, body)
        .isEmpty();
  }

  private JsonNode node(Route operation) {
    return root.path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static boolean matches(String template, String path) {
    String pattern =
        Pattern.compile("\\{[^}]+}")
            .splitAsStream(template + " ")
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/:]+"));
    return (path + " ").matches(pattern);
  }

  static JsonNode json(String text) {
    try {
      return LinkwrightApi.mapper().readTree(text);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(text, noJson);
    }
  }
}
