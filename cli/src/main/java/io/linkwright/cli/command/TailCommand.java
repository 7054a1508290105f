package io.linkwright.cli.command;

import io.linkwright.cli.watch.GroupTails;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.ServerEvent;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.command.StopSignal;
import io.linkwright.terminal.output.OutputException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright tail [GROUP…]}. */
@Command(
    name = "tail",
    description = {
      "Print groups' topology events as they happen, a line each:",
      "members isolated and connected, a group split and joined, a mesh complete.",
      "Goes on where it stopped when the connection breaks. Ctrl-C ends it."
    })
final class TailCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "GROUP[@REVISION]",
      arity = "0..*",
      description = {
        "Ids of groups, each with the revision to begin after, as the lines have it.",
        "Default: all groups, those to come as well"
      })
  private List<String> groups = List.of();

  @Option(
      names = "--after",
      paramLabel = "REVISION",
      description =
          "Begin after this revision where none is named, 0 for the whole past. Default: with"
              + " what is new")
  private Optional<Long> after;

  @Option(
      names = "--all",
      description = "Print every event of the groups and every report of an edge too")
  private boolean all;

  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    try (StopSignal _ = StopSignal.interruptingThisThread();
        LinkwrightApi api = server.open();
        GroupTails tails = new GroupTails(api, this::print)) {
      if (groups.isEmpty()) {
        tails.followAll(after);
      } else {
        tails.follow(starts());
      }
    } catch (GroupTails.TooManyGroupsException refused) {
      throw new CommandFailure(refused.getMessage(), refused);
    }
    return 0;
  }

  /** Parsed here: of many positional arguments, picocli would only say that one is too many. */
  private Map<GroupId, Optional<Long>> starts() {
    Map<GroupId, Optional<Long>> starts = new LinkedHashMap<>();
    for (String text : groups) {
      try {
        TailStart start = TailStart.parse(text);
        starts.put(start.group(), start.after().or(() -> after));
      } catch (IllegalArgumentException refused) {
        throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
      }
    }
    return starts;
  }

  /** Called from the thread of each group; a line is written at once. */
  private void print(GroupId group, ServerEvent event) {
    PrintWriter out = command.commandLine().getOut();
    TailLines.of(group, event, all ? TailLines.Scope.EVERYTHING : TailLines.Scope.CONSEQUENCES)
        .forEach(line -> out.println(output.format().ofMany(line.json(), _ -> line.text())));
    OutputException.check(out);
  }
}
