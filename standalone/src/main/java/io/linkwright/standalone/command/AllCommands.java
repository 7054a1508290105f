package io.linkwright.standalone.command;

import io.linkwright.agent.device.EdgeCommand;
import io.linkwright.cli.command.LinkwrightCommand;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** {@code linkwright} with all its commands: what serves, the operator's, the device's. */
public final class AllCommands {
  private static final List<Class<?>> BESIDE_THE_OPERATORS =
      List.of(
          DemoCommand.class,
          UpCommand.class,
          ServeCommand.class,
          ControllerKeyCommand.class,
          EdgeCommand.class);

  private AllCommands() {}

  /** The command, writing to these two, with the settings of this process. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(out, err, Settings.ofProcess());
  }

  /** The same with other settings. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err, Settings settings) {
    return LinkwrightCommand.commandLine(BESIDE_THE_OPERATORS, out, err, settings);
  }
}
