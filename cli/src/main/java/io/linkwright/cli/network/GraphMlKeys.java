package io.linkwright.cli.network;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the file's {@code <key>} declarations say its {@code <data>} means. Tools disagree on the
 * spelling, so the common ones are all known; owned by the thread that reads.
 */
final class GraphMlKeys {

  enum Meaning {
    GRAPH_NAME,
    NODE_LABEL,
    LATITUDE,
    LONGITUDE
  }

  /** A declaration: {@code owner} is the element it is for, or {@code all}. */
  private record Declared(String owner, String attributeName) {}

  private final Map<String, Declared> byId = new HashMap<>();

  void declare(String id, String owner, String attributeName) {
    byId.put(id, new Declared(owner, attributeName));
  }

  /** What data with this key means at an element, if it means anything to us. */
  Optional<Meaning> meaning(String key, String owner) {
    return Optional.ofNullable(byId.get(key))
        .filter(declared -> declared.owner().equals(owner) || declared.owner().equals("all"))
        .flatMap(declared -> meaningOf(owner, declared.attributeName()));
  }

  private static Optional<Meaning> meaningOf(String owner, String attributeName) {
    return switch (owner + " " + attributeName.toLowerCase(Locale.ROOT)) {
      case "graph label", "graph name", "graph network" -> Optional.of(Meaning.GRAPH_NAME);
      case "node label", "node name" -> Optional.of(Meaning.NODE_LABEL);
      case "node latitude", "node lat" -> Optional.of(Meaning.LATITUDE);
      case "node longitude", "node lon", "node lng", "node long" -> Optional.of(Meaning.LONGITUDE);
      default -> Optional.empty();
    };
  }
}
