package io.linkwright.cli.command;

import io.linkwright.terminal.command.RootCommand;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of {@code linkwright}, with the operator's commands below it. */
@Command(
    name = "linkwright",
    description = "Control plane for encrypted peering groups, event-sourced on Kafka.",
    synopsisSubcommandLabel = "COMMAND")
public final class LinkwrightCommand extends RootCommand {
  private static final List<Class<?>> COMMANDS =
      List.of(
          ImportCommand.class,
          ApplyCommand.class,
          GroupsCommand.class,
          GroupCommand.class,
          MembersCommand.class,
          MemberCommand.class,
          LinksCommand.class,
          LinkCommand.class,
          GraphCommand.class,
          EventsCommand.class,
          TailCommand.class,
          ReplayCommand.class,
          RecoverCommand.class,
          HealthCommand.class,
          ApiCallCommand.class,
          CompletionCommand.class);

  private LinkwrightCommand(Settings settings) {
    super(settings);
  }

  /** The operator's commands and, before them, others, writing to these two. */
  public static CommandLine commandLine(
      List<Class<?>> others, PrintWriter out, PrintWriter err, Settings settings) {
    List<Class<?>> all = Stream.concat(others.stream(), COMMANDS.stream()).toList();
    return new LinkwrightCommand(settings).commandLine(all, out, err);
  }
}
