package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.output.Table;
import io.linkwright.httpapi.ApiPaths;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright group show GROUP}. */
@Command(name = "show", description = "Show a group and what an operator should know of it.")
final class GroupShowCommand implements Callable<Integer> {
  @Mixin private GroupSubject group;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    view.show(
        server,
        output,
        ViewOptions.View.ofGroup(
            group.id(), api -> api.get(group.at(ApiPaths.GROUP)), GroupShowCommand::text));
    return 0;
  }

  private static String text(JsonNode shown) {
    Table table = new Table(left("GROUP"), left(shown.path("id").asText()));
    table.row("name", shown.path("name").asText());
    table.row("topology", shown.path("topology").asText());
    table.row("protocol", shown.path("tunnelProtocol").asText());
    table.row("tunnels", shown.path("dualTunnel").asBoolean() ? "dual" : "single");
    table.row("hub", shown.path("hub").asText("-"));
    table.row("new keys every", shown.path("rekeyEvery").asText("-"));
    if (shown.hasNonNull("saAlgorithm")) {
      table.row("algorithm", shown.path("saAlgorithm").asText());
      table.row("new keys after bytes", shown.path("rekeyAfterBytes").asText("-"));
      table.row("new keys after packets", shown.path("rekeyAfterPackets").asText("-"));
    }
    table.row("members", shown.path("memberCount").asText());
    table.row("links", shown.path("linkCount").asText());
    table.row("isolated", shown.path("isolatedMembers").size());
    table.row("revision", shown.path("revision").asText());
    StringBuilder text = new StringBuilder(table.render(""));
    for (JsonNode notice : shown.path("notices")) {
      text.append(
          "%n%s: %s".formatted(notice.path("severity").asText(), notice.path("message").asText()));
    }
    return text.toString();
  }
}
