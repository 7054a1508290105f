package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;
import static io.linkwright.cli.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.output.Table;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.Pages;
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
            api -> Pages.all(api, group.at(ApiPaths.MEMBERS), "members"),
            MembersCommand::table));
    return 0;
  }

  private static Table table(JsonNode answer) {
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
    for (JsonNode member : answer.path("members")) {
      table.row(
          member.path("edge").asText(),
          member.path("name").asText(),
          member.path("endpoint").asText("-"),
          member.path("linkCount").asText(),
          member.path("enrollment").asText("-"),
          member.path("connected").asBoolean() ? "yes" : "no",
          member.path("desiredRevision").asText(),
          member.path("acknowledgedRevision").asText(),
          note(member));
    }
    return table;
  }

  private static String note(JsonNode member) {
    if (member.hasNonNull("lastError")) {
      return member.path("lastError").asText();
    }
    return member.path("isolated").asBoolean() ? "isolated" : "";
  }
}
