package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Reads what may be null or absent in the answers of a service. */
final class Fields {
  private Fields() {}

  static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  static OptionalDouble number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  static List<String> texts(JsonNode json, String field) {
    return list(json, field, JsonNode::asText);
  }

  static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> reader) {
    return json.path(field).valueStream().map(reader).toList();
  }
}
