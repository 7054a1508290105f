package io.linkwright.agent.device;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright edge status}. */
@Command(
    name = "status",
    description = "Show what this machine's edge holds on disk, also while it runs.")
final class EdgeStatusCommand implements Callable<Integer> {
  @Mixin private StateDirectoryOption state;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    output.writeText(HeldConfiguration.read(state.home()), EdgeStatusCommand::text);
    return 0;
  }

  private static String text(JsonNode held) {
    StringBuilder text = new StringBuilder();
    text.append(
        "edge %s, joined at %s, controller key %s%n"
            .formatted(
                held.path("edge").asText(),
                held.path("server").asText(),
                held.path("controllerKeyId").asText()));
    if (held.path("groups").isEmpty()) {
      return text.append("No configuration yet: it comes when the edge runs.").toString();
    }
    Table table =
        new Table(
            left("GROUP"),
            left("LINK"),
            left("PEER"),
            left("TUNNEL"),
            left("LOCAL"),
            left("REMOTE"),
            left("ENDPOINT"),
            right("REVISION"),
            right("KEYS"));
    for (JsonNode group : held.path("groups")) {
      text.append(
          "member of %s, revision %s, %d links%n"
              .formatted(
                  group.path("group").asText(),
                  group.path("revision").asText(),
                  group.path("links").size()));
      group.path("links").forEach(link -> addRows(table, group, link));
    }
    return text.append(System.lineSeparator()).append(table.render("")).toString();
  }

  private static void addRows(Table table, JsonNode group, JsonNode link) {
    for (JsonNode tunnel : link.path("tunnels")) {
      table.row(
          group.path("group").asText(),
          link.path("link").asText(),
          link.path("peer").asText(),
          tunnel.path("interface").asText(),
          tunnel.path("localAddress").asText(),
          tunnel.path("peerAddress").asText(),
          tunnel.path("peerEndpoint").asText("-"),
          link.path("revision").asText(),
          link.path("keyVersion").asText());
    }
  }
}
