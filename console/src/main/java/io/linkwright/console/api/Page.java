package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a long answer.
 *
 * @param revision of the group when it was asked; 0 where the answer has none
 * @param next where the next part starts; empty at the end
 */
public record Page<T>(long revision, List<T> items, Optional<String> next) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  static <T> Page<T> of(JsonNode json, String field, Function<JsonNode, T> reader) {
    return new Page<>(
        json.path("revision").asLong(),
        Fields.list(json, field, reader),
        Fields.text(json, "next"));
  }
}
