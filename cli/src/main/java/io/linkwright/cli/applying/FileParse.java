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
import java.io.StringReader;
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
  private final TokenReader reader;
  private final String file;
  private int lastLine = 1;

  private FileParse(JsonParser parser, TokenReader reader, String file) {
    this.parser = parser;
    this.reader = reader;
    this.file = file;
  }

  /** Reads JSON if the text begins like it, YAML otherwise. */
  static FileNode read(String file, String text) throws GroupFileException {
    JsonFactory factory = text.stripLeading().startsWith("{") ? JSON : yaml(text.length());
    TokenReader reader = new TokenReader(new StringReader(text));
    int lastLine = 1;
    try (JsonParser parser = factory.createParser(reader)) {
      FileParse parse = new FileParse(parser, reader, file);
      try {
        return parse.document();
      } finally {
        lastLine = parse.lastLine;
      }
    } catch (IOException broken) {
      throw unreadable(file, lastLine, reader, broken);
    }
  }

  private static GroupFileException unreadable(
      String file, int lastLine, TokenReader reader, IOException broken) {
    if (reader.isExceeded()) {
      return new Place(file, lastLine, "")
          .refused(
              "a value or a comment that begins here or below has more than %,d characters"
                  .formatted(TokenReader.MAX_TOKEN_LENGTH));
    }
    if (broken instanceof JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
      return new GroupFileException(
          "%s: neither YAML nor JSON: %s"
              .formatted(
                  new Place(file, line, ""),
                  malformed.getOriginalMessage().lines().findFirst().orElse("")),
          broken);
    }
    throw new IllegalStateException("a text that cannot be read", broken);
  }

  /** The parser's own bound is lower than the file's, which counts. */
  private static YAMLFactory yaml(int length) {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(length + 1);
    return YAMLFactory.builder().loaderOptions(bounds).build();
  }

  private FileNode document() throws IOException, GroupFileException {
    Place top = new Place(file, 1, "");
    if (next() == null) {
      throw top.refused("the file is empty");
    }
    FileNode root = node(top, 0);
    if (next() != null) {
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
    while (next() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Place field = place.field(name, line());
      next();
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
    while (next() != JsonToken.END_ARRAY) {
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

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    reader.tokenDone();
    lastLine = line();
    return token;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
