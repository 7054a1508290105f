package io.linkwright.cli.applying;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/** One pass over the tokens of a file. YAML's aliases and second documents are refused. */
final class FileParse {
  /** Deeper than any file of groups. */
  private static final int MAX_DEPTH = 10;

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;
  private final String file;

  private FileParse(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  /** Reads JSON if the text begins like it, YAML otherwise. */
  static FileNode read(String file, String text) throws GroupFileException {
    JsonFactory factory = text.stripLeading().startsWith("{") ? JSON : yaml(text.length());
    try (JsonParser parser = factory.createParser(text)) {
      return new FileParse(parser, file).document();
    } catch (JsonProcessingException broken) {
      int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
      throw new GroupFileException(
          "%s: neither YAML nor JSON: %s"
              .formatted(
                  new Place(file, line, ""),
                  broken.getOriginalMessage().lines().findFirst().orElse("")),
          broken);
    } catch (IOException impossible) {
      throw new IllegalStateException("a text that cannot be read", impossible);
    }
  }

  /** The parser's own bound is lower than the file's, which counts. */
  private static YAMLFactory yaml(int length) {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(length + 1);
    return YAMLFactory.builder().loaderOptions(bounds).build();
  }

  private FileNode document() throws IOException, GroupFileException {
    Place top = new Place(file, 1, "");
    if (parser.nextToken() == null) {
      throw top.refused("the file is empty");
    }
    FileNode root = node(top, 0);
    if (parser.nextToken() != null) {
      throw new Place(file, line(), "").refused("something follows: one document is taken");
    }
    return root;
  }

  /** The value whose first token is the current one. */
  private FileNode node(Place place, int depth) throws IOException, GroupFileException {
    if (depth > MAX_DEPTH) {
      throw place.refused("more than %d levels deep".formatted(MAX_DEPTH));
    }
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw place.refused("aliases are not taken: write it out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(place, depth);
      case START_ARRAY -> items(place, depth);
      default -> new FileNode.Scalar(place, scalar(), parser.getText());
    };
  }

  private FileNode fields(Place place, int depth) throws IOException, GroupFileException {
    Map<String, FileNode> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Place field = place.field(name, line());
      parser.nextToken();
      FileNode earlier = fields.get(name);
      if (earlier != null) {
        throw field.refused("stands in line %d already".formatted(earlier.place().line()));
      }
      fields.put(name, node(field, depth + 1));
    }
    return new FileNode.Fields(place, Collections.unmodifiableMap(fields));
  }

  private FileNode items(Place place, int depth) throws IOException, GroupFileException {
    List<FileNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place.item(items.size(), line()), depth + 1));
    }
    return new FileNode.Items(place, Collections.unmodifiableList(items));
  }

  private JsonNode scalar() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> NullNode.getInstance();
      case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(parser.getBooleanValue());
      case VALUE_NUMBER_INT -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> DoubleNode.valueOf(parser.getDoubleValue());
      default -> TextNode.valueOf(parser.getText());
    };
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
