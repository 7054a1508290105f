package io.linkwright.cli.command;

import io.linkwright.agent.device.EdgeCommand;
import io.linkwright.terminal.command.RootCommand;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of {@code linkwright}, with the commands below it. */
@Command(
    name = "linkwright",
    description = "Control plane for encrypted peering groups, event-sourced on Kafka.",
    synopsisSubcommandLabel = "COMMAND")
public final class LinkwrightCommand extends RootCommand {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          UpCommand.class,
          ServeCommand.class,
          ControllerKeyCommand.class,
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
          EdgeCommand.class,
          ReplayCommand.class,
          RecoverCommand.class,
          HealthCommand.class,
          ApiCallCommand.class,
          CompletionCommand.class);

  private LinkwrightCommand(Settings settings) {
    super(settings);
  }

  /** The command with all subcommands, writing to these two, with the settings of this process. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(out, err, Settings.ofProcess());
  }

  /** The same with other settings. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err, Settings settings) {
    return new LinkwrightCommand(settings).commandLine(COMMANDS, out, err);
  }
}
