package io.linkwright.agent.device;

import io.linkwright.terminal.command.RootCommand;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of {@code linkwright-edge}: all that a device needs, and nothing of the servers. */
@Command(
    name = "linkwright-edge",
    description = "Make this machine an edge of Linkwright, run it, see what it holds.",
    synopsisSubcommandLabel = "(join | run | status)")
public final class LinkwrightEdgeCommand extends RootCommand {
  private static final List<Class<?>> COMMANDS =
      List.of(EdgeJoinCommand.class, EdgeRunCommand.class, EdgeStatusCommand.class);

  private LinkwrightEdgeCommand(Settings settings) {
    super(settings);
  }

  /** The command, writing to these two, with the settings of this process. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new LinkwrightEdgeCommand(Settings.ofProcess()).commandLine(COMMANDS, out, err);
  }
}
