package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.terminal.output.Table;

/** The links of a group as a table: a line a link, a column a tunnel. */
public final class LinksTable {
  private LinksTable() {}

  /** Reads the answer of {@code GET /v1/groups/{g}/links}. */
  public static Table of(JsonNode answer) {
    Table table =
        new Table(
            left("EDGE A"), left("EDGE B"), left("PRIMARY"), left("SECONDARY"), left("BY HAND"));
    for (JsonNode link : answer.path("links")) {
      table.row(
          link.path("edgeA").asText(),
          link.path("edgeB").asText(),
          tunnel(link, 0),
          tunnel(link, 1),
          link.path("removable").asBoolean() ? "yes" : "no");
    }
    return table;
  }

  private static String tunnel(JsonNode link, int index) {
    for (JsonNode tunnel : link.path("tunnels")) {
      if (tunnel.path("index").asInt() == index) {
        return "%s %s"
            .formatted(
                tunnel.path("interface").asText(),
                tunnel.path("statusText").asText(tunnel.path("status").asText()));
      }
    }
    return "-";
  }
}
