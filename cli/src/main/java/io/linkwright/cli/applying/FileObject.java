package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.linkwright.cli.group.Field;
import io.linkwright.cli.group.Form;
import io.linkwright.cli.group.Properties;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A mapping of a file, read field by field; each refusal says where, and what is allowed. What has
 * been asked for is what is allowed: {@link #done} refuses the rest. Owned by one thread.
 */
final class FileObject {
  private final Place place;
  private final Map<String, FileNode> fields;
  private final Set<String> allowed = new LinkedHashSet<>();

  private FileObject(FileNode.Fields node) {
    this.place = node.place();
    this.fields = node.fields();
  }

  static FileObject of(FileNode node) throws GroupFileException {
    if (node instanceof FileNode.Fields object) {
      return new FileObject(object);
    }
    throw node.place().refused("must be a mapping of fields");
  }

  Place place() {
    return place;
  }

  /** Where a field stands, or would. */
  Place place(String name) {
    FileNode node = fields.get(name);
    return node == null ? place.field(name, place.line()) : node.place();
  }

  /** A text that must be there, in the form that {@code parser} knows. */
  <T> T text(String name, Function<String, T> parser) throws GroupFileException {
    FileNode node =
        value(name).orElseThrow(() -> place.field(name, place.line()).refused("is required"));
    return parsed(node, parser);
  }

  /** A list of texts; empty if it is not there. */
  List<String> texts(String name) throws GroupFileException {
    List<String> texts = new ArrayList<>();
    for (FileNode item : items(name).orElse(List.of())) {
      texts.add(parsed(item, Function.identity()));
    }
    return texts;
  }

  /** The items of a list, if it is there. */
  Optional<List<FileNode>> items(String name) throws GroupFileException {
    Optional<FileNode> node = value(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof FileNode.Items(Place _, List<FileNode> items)) {
      return Optional.of(items);
    }
    throw node.get().place().refused("must be a list");
  }

  /** A mapping, if it is there. */
  Optional<FileObject> object(String name) throws GroupFileException {
    Optional<FileNode> node = value(name);
    return node.isEmpty() ? Optional.empty() : Optional.of(of(node.get()));
  }

  /** Those of {@code all} that are there. */
  <F extends Enum<F> & Field> Properties<F> properties(Class<F> all) throws GroupFileException {
    Map<F, JsonNode> values = new TreeMap<>();
    for (F field : all.getEnumConstants()) {
      Optional<FileNode> node = value(field.label());
      if (node.isPresent()) {
        values.put(field, canonical(field, node.get()));
      }
    }
    return new Properties<>(values);
  }

  /** Refuses a field that was not asked for. */
  void done() throws GroupFileException {
    for (Map.Entry<String, FileNode> field : fields.entrySet()) {
      if (!allowed.contains(field.getKey())) {
        throw field
            .getValue()
            .place()
            .refused("unknown field; allowed here: %s".formatted(String.join(", ", allowed)));
      }
    }
  }

  /** Reads one text. */
  static <T> T parsed(FileNode node, Function<String, T> parser) throws GroupFileException {
    if (!(node instanceof FileNode.Scalar(Place place, JsonNode value, String text))
        || value.isNull()) {
      throw node.place().refused("must be a text");
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw place.refused(wrong.getMessage());
    }
  }

  private Optional<FileNode> value(String name) {
    allowed.add(name);
    return Optional.ofNullable(fields.get(name));
  }

  private static JsonNode canonical(Field field, FileNode node) throws GroupFileException {
    try {
      return field.canonical(json(field.form(), node));
    } catch (IllegalArgumentException wrong) {
      throw node.place().refused(wrong.getMessage());
    }
  }

  /** What is a text in the API is one however YAML would read it. */
  private static JsonNode json(Form form, FileNode node) throws GroupFileException {
    return switch (node) {
      case FileNode.Scalar(Place _, JsonNode value, String text) -> {
        boolean textual = form instanceof Form.Text || form instanceof Form.Texts;
        yield textual && !value.isNull() ? TextNode.valueOf(text) : value;
      }
      case FileNode.Items(Place _, List<FileNode> items) -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (FileNode item : items) {
          array.add(json(form, item));
        }
        yield array;
      }
      case FileNode.Fields(Place place, Map<String, FileNode> _) ->
          throw place.refused("must not be a mapping of fields");
    };
  }
}
