package io.linkwright.terminal.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.client.Answer;
import java.util.function.Function;

/** For whom a command writes. */
public enum OutputFormat {
  /** People. */
  TABLE,
  /** Programs. */
  JSON,
  /** Programs, and people who like it. Texts are in quotes, so that none reads as a number. */
  YAML;

  /** Made when it is first needed: most commands write no YAML. */
  private static final class Yaml {
    private static final ObjectMapper MAPPER =
        YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

    private Yaml() {}
  }

  /** One answer as it stands alone, without a line break at the end. */
  public String of(JsonNode answer, Function<JsonNode, String> text) {
    return switch (this) {
      case TABLE -> text.apply(PrintableJson.tree(answer));
      case JSON -> PrintableJson.escaped(answer.toPrettyString());
      case YAML -> yaml(answer);
    };
  }

  /** One of many answers: a line of JSON, or a document of YAML. */
  public String ofMany(JsonNode answer, Function<JsonNode, String> text) {
    return switch (this) {
      case TABLE -> text.apply(PrintableJson.tree(answer));
      case JSON -> PrintableJson.escaped(answer.toString());
      case YAML -> "---" + System.lineSeparator() + yaml(answer);
    };
  }

  /** As {@link #of(JsonNode, Function)}, with what is known of the answer. */
  public <T> String of(Answer<T> answer, Function<T, String> text) {
    return of(answer.json(), tree -> text.apply(ApiJson.readTree(tree, answer.type())));
  }

  /** As {@link #ofMany(JsonNode, Function)}, with what is known of the answer. */
  public <T> String ofMany(Answer<T> answer, Function<T, String> text) {
    return ofMany(answer.json(), tree -> text.apply(ApiJson.readTree(tree, answer.type())));
  }

  private static String yaml(JsonNode answer) {
    try {
      return PrintableJson.escaped(Yaml.MAPPER.writeValueAsString(answer).stripTrailing());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree that cannot be written", impossible);
    }
  }
}
