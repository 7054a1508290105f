package io.linkwright.terminal.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The configuration file: a flat YAML mapping of the keys in {@link Key}. Immutable. */
record ConfigFile(Map<Key, Setting> values) {
  /** More is not a configuration file. */
  private static final int MAX_BYTES = 64 * 1024;

  static final ConfigFile EMPTY = new ConfigFile(Map.of());

  /** What can be set. */
  enum Key {
    SERVER("server"),
    ACTOR("actor");

    private final String text;

    Key(String text) {
      this.text = text;
    }
  }

  Optional<Setting> value(Key key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException with file and line, if it is not readable or says something else
   */
  static ConfigFile read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigurationException(
            "%s has more than %d bytes, which no configuration has".formatted(file, MAX_BYTES));
      }
      return parse(
          file, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (JsonProcessingException noYaml) {
      throw refused(file, noYaml.getLocation(), "not YAML: " + noYaml.getOriginalMessage());
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          "%s cannot be read: %s".formatted(file, FileFault.words(unreadable)));
    }
  }

  private static ConfigFile parse(Path file, String text) throws IOException {
    Map<Key, Setting> values = new LinkedHashMap<>();
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return EMPTY;
      }
      if (first != JsonToken.START_OBJECT) {
        throw refused(file, parser.currentTokenLocation(), "must be lines as in 'server: URL'");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        JsonLocation where = parser.currentTokenLocation();
        Key key = key(file, where, parser.currentName());
        JsonToken value = parser.nextToken();
        if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
          throw refused(file, where, "'%s' needs a text after it".formatted(key.text));
        }
        Setting setting =
            new Setting(parser.getText(), "%s: %s".formatted(place(file, where), key.text));
        if (values.put(key, setting) != null) {
          throw refused(file, where, "'%s' stands there twice".formatted(key.text));
        }
      }
    }
    return new ConfigFile(Map.copyOf(values));
  }

  private static Key key(Path file, JsonLocation where, String text) {
    for (Key key : Key.values()) {
      if (key.text.equals(text)) {
        return key;
      }
    }
    throw refused(
        file, where, "'%s' is not known; what can be set is server and actor".formatted(text));
  }

  private static ConfigurationException refused(Path file, JsonLocation where, String what) {
    return new ConfigurationException("%s: %s".formatted(place(file, where), what));
  }

  private static String place(Path file, JsonLocation where) {
    return where == null ? file.toString() : "%s:%d".formatted(file, where.getLineNr());
  }
}
