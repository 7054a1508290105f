package io.linkwright.cli.command;

import io.linkwright.cli.client.EventStream;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.GroupId;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright tail GROUP}. */
@Command(
    name = "tail",
    description = {
      "Print what happens to a group as it happens: one JSON object a line, for ever.",
      "Goes on where it stopped when the connection breaks. Ctrl-C ends it."
    })
final class TailCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  @Mixin private ServerOptions server;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try (LinkwrightApi api = server.open()) {
      new EventStream(api, "/v1/groups/%s/changes".formatted(group))
          .follow(event -> out.println(event.data()));
    }
    return 0;
  }
}
