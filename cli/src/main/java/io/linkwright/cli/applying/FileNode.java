package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A value of a YAML or JSON file, and where it stands. */
sealed interface FileNode {
  Place place();

  /**
   * A single value.
   *
   * @param value as YAML or JSON reads it
   * @param text as it is written, without quotes: {@code 007} stays what it is
   */
  record Scalar(Place place, JsonNode value, String text) implements FileNode {}

  /** A list. */
  record Items(Place place, List<FileNode> items) implements FileNode {}

  /** A mapping, in the order of the file. */
  record Fields(Place place, Map<String, FileNode> fields) implements FileNode {}
}
