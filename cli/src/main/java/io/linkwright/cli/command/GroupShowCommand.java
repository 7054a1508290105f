package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;

import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import io.linkwright.httpapi.answer.Notice;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.Optional;
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
            group.id(),
            api -> api.get(group.at(ApiPaths.GROUP), GroupAnswer.class),
            GroupShowCommand::text));
    return 0;
  }

  private static String text(GroupAnswer shown) {
    GroupSettingsAnswer settings = shown.settings();
    Table table = new Table(left("GROUP"), left(settings.id().value()));
    table.row("name", settings.name());
    table.row("topology", settings.topology().label());
    table.row("protocol", settings.tunnelProtocol().label());
    table.row("tunnels", settings.dualTunnel() ? "dual" : "single");
    table.row("hub", orDash(settings.hub()));
    table.row("new keys every", orDash(settings.rekeyEvery()));
    settings
        .saAlgorithm()
        .ifPresent(
            algorithm -> {
              table.row("algorithm", algorithm.label());
              table.row("new keys after bytes", orDash(settings.rekeyAfterBytes()));
              table.row("new keys after packets", orDash(settings.rekeyAfterPackets()));
            });
    table.row("members", shown.memberCount());
    table.row("links", shown.linkCount());
    table.row("isolated", shown.isolatedMembers().size());
    table.row("revision", shown.revision());
    StringBuilder text = new StringBuilder(table.render(""));
    for (Notice notice : shown.notices()) {
      text.append("%n%s: %s".formatted(notice.severity(), notice.message()));
    }
    return text.toString();
  }

  private static String orDash(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }
}
