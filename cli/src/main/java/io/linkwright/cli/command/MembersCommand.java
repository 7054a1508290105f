package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import io.linkwright.domain.address.Endpoint;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.MemberAnswer;
import io.linkwright.httpapi.answer.MemberDescription;
import io.linkwright.httpapi.answer.MemberPage;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright members GROUP}. */
@Command(name = "members", description = "List a group's members and what their edges run.")
final class MembersCommand implements Callable<Integer> {
  @Mixin private GroupSubject group;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;
  @Mixin private ViewOptions view;

  @Override
  public Integer call() {
    view.show(
        server,
        output,
        ViewOptions.View.tableOfGroup(
            group.id(),
            api -> Pages.all(api, group.at(ApiPaths.MEMBERS), MemberPage.ITEMS, MemberPage.class),
            MembersCommand::table));
    return 0;
  }

  private static Table table(MemberPage page) {
    Table table =
        new Table(
            left("EDGE"),
            left("NAME"),
            left("ENDPOINT"),
            right("LINKS"),
            left("ENROLLMENT"),
            left("CONNECTED"),
            right("DESIRED"),
            right("ACKNOWLEDGED"),
            left("NOTE"));
    for (MemberAnswer member : page.items()) {
      MemberDescription description = member.description();
      table.row(
          member.edge(),
          description.name(),
          description.endpoint().map(Endpoint::toString).orElse("-"),
          member.linkCount(),
          description.enrollment().label(),
          member.connected() ? "yes" : "no",
          member.desiredRevision(),
          member.acknowledgedRevision(),
          note(member));
    }
    return table;
  }

  private static String note(MemberAnswer member) {
    return member.lastError().orElse(member.isolated() ? "isolated" : "");
  }
}
