package io.linkwright.terminal.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.linkwright.domain.text.PlainText;
import io.linkwright.domain.text.Printable;
import java.util.Map;

/** Makes answers of the API harmless where people read them, in tables as in documents. */
final class PrintableJson {
  private PrintableJson() {}

  /** The tree with {@link Printable#of} each of its texts. */
  static JsonNode tree(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(Printable.of(node.textValue()));
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(item -> array.add(tree(item)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        object.set(Printable.of(field.getKey()), tree(field.getValue()));
      }
      return object;
    }
    return node;
  }

  /** JSON or YAML in which what is harmful is written as these write it: it means the same. */
  static String escaped(String document) {
    StringBuilder escaped = new StringBuilder(document.length());
    document
        .codePoints()
        .forEach(
            codePoint -> {
              boolean layout = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
              if (layout || !Character.isBmpCodePoint(codePoint) || PlainText.isPlain(codePoint)) {
                escaped.appendCodePoint(codePoint);
              } else {
                escaped.append("\\u%04X".formatted(codePoint));
              }
            });
    return escaped.toString();
  }
}
