package io.linkwright.cli.command;

import io.linkwright.cli.applying.GroupFileText;
import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.cli.group.GroupReader;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linkwright group export GROUP}. */
@Command(
    name = "export",
    description = {
      "Write a group as a file that `linkwright apply` takes: all that it is, apart from keys.",
      "A line a member and a line a link, so that two exports can be compared."
    })
final class GroupExportCommand implements Callable<Integer> {
  @Mixin private GroupSubject group;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    try (LinkwrightApi api = server.open()) {
      GroupReader reader = new GroupReader(api);
      GroupSnapshot picture =
          reader
              .read(group.id(), reader.latestRevision(group.id()))
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "there is no group %s: `linkwright groups` lists those that are there"
                              .formatted(group.id())));
      output.writeText(GroupFileText.json(picture), GroupFileText::yaml);
    } catch (GroupKeepsChangingException restless) {
      throw new CommandFailure(restless.getMessage(), restless);
    }
    return 0;
  }
}
