package io.linkwright.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * What the value of a field may be. Each value has one writing, so that two of them are equal if
 * they mean the same: {@code P30D} and {@code PT720H}, or two lists of the same networks.
 */
public sealed interface Form {
  /**
   * The one writing of a value that is not null.
   *
   * @throws IllegalArgumentException if it is none of this form; the message says what is allowed
   */
  JsonNode canonical(JsonNode given);

  /** Text that the domain can read. */
  record Text(UnaryOperator<String> reading) implements Form {
    @Override
    public JsonNode canonical(JsonNode given) {
      require(given.isTextual(), "must be a text");
      return TextNode.valueOf(reading.apply(given.textValue()));
    }
  }

  /** Texts whose order means nothing. */
  record Texts(UnaryOperator<String> reading, int maxItems) implements Form {
    @Override
    public JsonNode canonical(JsonNode given) {
      require(given.isArray(), "must be a list");
      require(given.size() <= maxItems, "has more than %d items".formatted(maxItems));
      List<String> texts = new ArrayList<>();
      for (JsonNode item : given) {
        require(item.isTextual(), "must be a list of texts");
        texts.add(reading.apply(item.textValue()));
      }
      ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
      texts.stream().sorted().forEach(sorted::add);
      return sorted;
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements Form {
    @Override
    public JsonNode canonical(JsonNode given) {
      require(given.isBoolean(), "must be true or false");
      return given;
    }
  }

  /** A whole number that the domain lets pass. */
  record Whole(LongUnaryOperator check) implements Form {
    @Override
    public JsonNode canonical(JsonNode given) {
      require(given.isIntegralNumber() && given.canConvertToLong(), "must be a whole number");
      return LongNode.valueOf(check.applyAsLong(given.longValue()));
    }
  }

  /** Degrees up to {@code bound} either way. */
  record Degrees(int bound) implements Form {
    @Override
    public JsonNode canonical(JsonNode given) {
      double degrees = given.doubleValue();
      require(
          given.isNumber() && degrees >= -bound && degrees <= bound,
          "must be a number within -%d..%d".formatted(bound, bound));
      return DoubleNode.valueOf(degrees + 0.0); // -0.0 is 0.0
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
