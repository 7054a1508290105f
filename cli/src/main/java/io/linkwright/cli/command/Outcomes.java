package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a change brought about, in words. */
final class Outcomes {
  /** The field that names all whom a change concerns. */
  static final String AFFECTED = "affectedEdges";

  /** The field that names those of them that get nothing before an enrollment. */
  static final String AWAITING = "awaitingEdges";

  private static final int MAX_NAMED_EDGES = 10;

  private Outcomes() {}

  /**
   * Who gets new configuration, as in "new configuration for a and b, nobody else". What awaits an
   * enrollment gets it then.
   */
  static String affected(JsonNode answer) {
    Set<String> awaiting = new LinkedHashSet<>();
    answer.path(AWAITING).forEach(edge -> awaiting.add(edge.asText()));
    List<String> now = new ArrayList<>();
    answer.path(AFFECTED).forEach(edge -> now.add(edge.asText()));
    boolean concernsNobody = now.isEmpty();
    now.removeAll(awaiting);
    String text =
        now.isEmpty()
            ? "no edge gets new configuration"
            : "new configuration for %s, nobody else".formatted(list(now));
    if (!awaiting.isEmpty()) {
      return "%s%s; %s when both ends of their links are enrolled"
          .formatted(text, now.isEmpty() ? " now" : "", list(List.copyOf(awaiting)));
    }
    return concernsNobody || answer.has(AWAITING)
        ? text
        : text + "; who awaits enrollment gets it then";
  }

  /** The same, where nobody of those concerned awaits an enrollment. */
  static String served(JsonNode answer) {
    ObjectNode told = answer.deepCopy();
    told.putArray(AWAITING);
    return affected(told);
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
