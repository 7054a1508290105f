package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a change brought about, in words. */
final class Outcomes {
  private static final int MAX_NAMED_EDGES = 10;

  private Outcomes() {}

  /** Who gets new configuration, as in "new configuration for a and b, nobody else". */
  static String affected(JsonNode answer) {
    List<String> edges = new ArrayList<>();
    answer.path("affectedEdges").forEach(edge -> edges.add(edge.asText()));
    if (edges.isEmpty()) {
      return "no edge gets new configuration";
    }
    return "new configuration for %s, nobody else".formatted(list(edges));
  }

  private static String list(List<String> edges) {
    if (edges.size() > MAX_NAMED_EDGES) {
      return "%s and %d more"
          .formatted(
              String.join(", ", edges.subList(0, MAX_NAMED_EDGES)), edges.size() - MAX_NAMED_EDGES);
    }
    int last = edges.size() - 1;
    return last == 0
        ? edges.getFirst()
        : String.join(", ", edges.subList(0, last)) + " and " + edges.get(last);
  }
}
