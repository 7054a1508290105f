package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.Revision;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Members of one JSON object, each read by name and type; a refusal names the member. */
final class JsonFields {
  private final JsonNode object;
  private final String path;
  private final Set<String> read = new HashSet<>();

  private JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  static JsonFields of(JsonNode node, String path) throws ProtocolException {
    if (!node.isObject()) {
      throw new ProtocolException((path.isEmpty() ? "input" : path) + " is not a JSON object");
    }
    return new JsonFields(node, path);
  }

  String text(String name) throws ProtocolException {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw refusal(name, "is not text");
    }
    return value.textValue();
  }

  /** Text that {@code parser} understands or refuses with an IllegalArgumentException. */
  <T> T value(String name, Function<String, T> parser) throws ProtocolException {
    return parsed(name, text(name), parser);
  }

  <T> Optional<T> optionalValue(String name, Function<String, T> parser) throws ProtocolException {
    return has(name) ? Optional.of(value(name, parser)) : Optional.empty();
  }

  long number(String name) throws ProtocolException {
    return number(name, required(name));
  }

  Optional<Long> optionalNumber(String name) throws ProtocolException {
    return has(name) ? Optional.of(number(name)) : Optional.empty();
  }

  /** A group's revision, or 0 for none: the one way to read them. */
  long revision(String name) throws ProtocolException {
    long number = number(name);
    try {
      return Revision.require(pathOf(name), number);
    } catch (IllegalArgumentException absurd) {
      throw new ProtocolException(absurd.getMessage(), absurd);
    }
  }

  int smallNumber(String name) throws ProtocolException {
    long number = number(name);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw refusal(name, "is out of range");
    }
    return (int) number;
  }

  boolean flag(String name) throws ProtocolException {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw refusal(name, "is neither true nor false");
    }
    return value.booleanValue();
  }

  byte[] bytes(String name) throws ProtocolException {
    return value(name, Base64.getDecoder()::decode);
  }

  JsonFields object(String name) throws ProtocolException {
    return of(required(name), pathOf(name));
  }

  Optional<JsonFields> optionalObject(String name) throws ProtocolException {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  List<JsonFields> objects(String name, int maxSize) throws ProtocolException {
    JsonNode array = array(name, maxSize);
    List<JsonFields> objects = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      objects.add(of(array.get(i), pathOf(name) + "[" + i + "]"));
    }
    return objects;
  }

  <T> List<T> values(String name, int maxSize, Function<String, T> parser)
      throws ProtocolException {
    JsonNode array = array(name, maxSize);
    List<T> values = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String itemName = name + "[" + i + "]";
      if (!array.get(i).isTextual()) {
        throw refusal(itemName, "is not text");
      }
      values.add(parsed(itemName, array.get(i).textValue(), parser));
    }
    return values;
  }

  /** Names of all members, for an object that is a map. */
  List<String> names(int maxSize) throws ProtocolException {
    if (object.size() > maxSize) {
      throw new ProtocolException("%s has more than %d members".formatted(path, maxSize));
    }
    List<String> names = new ArrayList<>(object.size());
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** A name of this object, given to {@code parser}. */
  <T> T parsedName(String name, Function<String, T> parser) throws ProtocolException {
    return parsed(name, name, parser);
  }

  /** Refuses what a newer writer may have meant by a member that nobody has asked for. */
  void requireNothingElse() throws ProtocolException {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!read.contains(name)) {
        throw refusal(name, "is not known");
      }
    }
  }

  /** Builds a value from members, naming this object if they do not fit together. */
  <T> T build(Builder<T> builder) throws ProtocolException {
    try {
      return builder.build();
    } catch (IllegalArgumentException misfit) {
      throw new ProtocolException(
          path.isEmpty() ? misfit.getMessage() : path + ": " + misfit.getMessage(), misfit);
    }
  }

  /** Reads members and makes something of them. */
  interface Builder<T> {
    T build() throws ProtocolException;
  }

  ProtocolException refusal(String name, String what) {
    return new ProtocolException(pathOf(name) + " " + what);
  }

  private JsonNode required(String name) throws ProtocolException {
    JsonNode value = object.get(name);
    if (value == null) {
      throw refusal(name, "is missing");
    }
    read.add(name);
    return value;
  }

  private JsonNode array(String name, int maxSize) throws ProtocolException {
    JsonNode array = required(name);
    if (!array.isArray()) {
      throw refusal(name, "is not a list");
    }
    if (array.size() > maxSize) {
      throw refusal(name, "has more than %d items".formatted(maxSize));
    }
    return array;
  }

  private long number(String name, JsonNode value) throws ProtocolException {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw refusal(name, "is not a whole number");
    }
    return value.longValue();
  }

  private <T> T parsed(String name, String text, Function<String, T> parser)
      throws ProtocolException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException malformed) {
      throw new ProtocolException(pathOf(name) + ": " + malformed.getMessage(), malformed);
    }
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
