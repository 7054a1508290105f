package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
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
        new ViewOptions.View<>(
            Optional.empty(),
            api -> Pages.all(api, ApiPaths.GROUPS, GroupPage.ITEMS, GroupPage.class),
            page -> table(page).render("")));
    return 0;
  }

  private static Table table(GroupPage page) {
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
    for (GroupAnswer group : page.items()) {
      GroupSettingsAnswer settings = group.settings();
      table.row(
          settings.id(),
          settings.name(),
          settings.topology().label(),
          settings.tunnelProtocol().label(),
          settings.dualTunnel() ? "dual" : "single",
          group.memberCount(),
          group.linkCount(),
          group.isolatedMembers().size(),
          group.revision(),
          group.damage().isPresent() ? "damaged" : "");
    }
    return table;
  }
}
