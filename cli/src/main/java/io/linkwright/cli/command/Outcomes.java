package io.linkwright.cli.command;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.receipt.ReconfiguredEdges;
import java.util.List;

/** What a change brought about, in words. */
final class Outcomes {
  private static final int MAX_NAMED_EDGES = 10;

  private Outcomes() {}

  /**
   * Who gets new configuration, as in "new configuration for a and b, nobody else". What awaits an
   * enrollment gets it then.
   */
  static String affected(ReconfiguredEdges edges) {
    List<String> now = edges.affectedEdges().stream().map(EdgeId::value).toList();
    List<String> awaiting = edges.awaitingEdges().stream().map(EdgeId::value).toList();
    String text =
        now.isEmpty()
            ? "no edge gets new configuration"
            : "new configuration for %s, nobody else".formatted(list(now));
    return awaiting.isEmpty()
        ? text
        : "%s%s; %s when both ends of their links are enrolled"
            .formatted(text, now.isEmpty() ? " now" : "", list(awaiting));
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
