package io.linkwright.cli;

import io.linkwright.cli.command.LinkwrightCommand;
import io.linkwright.cli.output.CommandOutput;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Entry point of the {@code linkwright} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code: 0, 1 or 2. */
  public static void main(String[] arguments) {
    PrintWriter out = CommandOutput.ofProcess();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = LinkwrightCommand.commandLine(out, err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
