package io.linkwright.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Values of fields in their one writing. A field that is not there says nothing; null says that
 * there is none.
 *
 * @param <F> whose fields
 */
public record Properties<F extends Enum<F> & Field>(Map<F, JsonNode> values) {
  /** Copies the map, in the fields' order. */
  public Properties {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * All of {@code fields} as a server or the log has them; what it does not say is null.
   *
   * @throws IllegalArgumentException if a value is not one that the server would take
   */
  public static <F extends Enum<F> & Field> Properties<F> of(JsonNode object, Class<F> fields) {
    Map<F, JsonNode> values = new TreeMap<>();
    for (F field : fields.getEnumConstants()) {
      JsonNode value = object.path(field.label());
      values.put(
          field,
          value.isNull() || value.isMissingNode()
              ? NullNode.getInstance()
              : field.form().canonical(value));
    }
    return new Properties<>(values);
  }

  /** The value, unless the field is not there or null. */
  public Optional<JsonNode> value(F field) {
    return Optional.ofNullable(values.get(field)).filter(value -> !value.isNull());
  }

  /** The value as text, unless the field is not there or null. */
  public Optional<String> text(F field) {
    return value(field).map(JsonNode::asText);
  }

  /** The value in another form; empty within: there is to be none; empty: nothing is said. */
  public <T> Optional<Optional<T>> clearable(F field, Function<JsonNode, T> form) {
    return values.containsKey(field) ? Optional.of(value(field).map(form)) : Optional.empty();
  }

  /** Whether it says nothing at all. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Of the wanted values those that differ from these. */
  public Properties<F> differing(Properties<F> wanted) {
    Map<F, JsonNode> differing = new TreeMap<>(wanted.values);
    differing.keySet().removeIf(field -> wanted.values.get(field).equals(values.get(field)));
    return new Properties<>(differing);
  }

  /** These values, and in their place the other's where that says something. */
  public Properties<F> with(Properties<F> other) {
    Map<F, JsonNode> both = new TreeMap<>(values);
    both.putAll(other.values);
    return new Properties<>(both);
  }

  /** Of these values those that are not null. */
  public Properties<F> present() {
    return only(values.keySet().stream().filter(field -> value(field).isPresent()).toList());
  }

  /** Of these values those of {@code fields}. */
  public Properties<F> only(Collection<F> fields) {
    Map<F, JsonNode> only = new TreeMap<>(values);
    only.keySet().retainAll(fields);
    return new Properties<>(only);
  }

  /** As an object of the API. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    values.forEach((field, value) -> json.set(field.label(), value));
    return json;
  }
}
