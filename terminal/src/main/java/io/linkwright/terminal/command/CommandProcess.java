package io.linkwright.terminal.command;

import io.linkwright.terminal.output.CommandOutput;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** One command as the whole of a process. */
public final class CommandProcess {
  private CommandProcess() {}

  /**
   * Runs it and ends the process with its exit code: 0, 1 or 2.
   *
   * @param command made of what it writes to: standard output, standard error
   */
  public static void run(
      String[] arguments, BiFunction<PrintWriter, PrintWriter, CommandLine> command) {
    PrintWriter out = CommandOutput.ofProcess();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = command.apply(out, err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
