package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a change brought about, in words. */
final class Outcomes {
  /** The field that names who gets new configuration now. */
  static final String AFFECTED = "affectedEdges";

  /** The field that names who gets nothing before an enrollment. */
  static final String AWAITING = "awaitingEdges";

  private static final int MAX_NAMED_EDGES = 10;

  private Outcomes() {}

  /**
   * Who gets new configuration, as in "new configuration for a and b, nobody else". What awaits an
   * enrollment gets it then.
   */
  static String affected(JsonNode answer) {
    List<String> now = edges(answer, AFFECTED);
    List<String> awaiting = edges(answer, AWAITING);
    String text =
        now.isEmpty()
            ? "no edge gets new configuration"
            : "new configuration for %s, nobody else".formatted(list(now));
    return awaiting.isEmpty()
        ? text
        : "%s%s; %s when both ends of their links are enrolled"
            .formatted(text, now.isEmpty() ? " now" : "", list(awaiting));
  }

  private static List<String> edges(JsonNode answer, String field) {
    return answer.path(field).valueStream().map(JsonNode::asText).toList();
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
