package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;
import static io.linkwright.cli.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.output.Table;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.Pages;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright groups}. */
@Command(name = "groups", description = "List the peering groups.")
final class GroupsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    view.show(
        server,
        output,
        new ViewOptions.View(
            Optional.empty(),
            api -> Pages.all(api, ApiPaths.GROUPS, "groups"),
            answer -> table(answer).render("")));
    return 0;
  }

  private static Table table(JsonNode answer) {
    Table table =
        new Table(
            left("GROUP"),
            left("NAME"),
            left("TOPOLOGY"),
            left("PROTOCOL"),
            left("TUNNELS"),
            right("MEMBERS"),
            right("LINKS"),
            right("ISOLATED"),
            right("REVISION"),
            left("STATE"));
    for (JsonNode group : answer.path("groups")) {
      table.row(
          group.path("id").asText(),
          group.path("name").asText(),
          group.path("topology").asText(),
          group.path("tunnelProtocol").asText(),
          group.path("dualTunnel").asBoolean() ? "dual" : "single",
          group.path("memberCount").asText(),
          group.path("linkCount").asText(),
          group.path("isolatedMembers").size(),
          group.path("revision").asText(),
          group.path("damage").isObject() ? "damaged" : "");
    }
    return table;
  }
}
