package io.linkwright.bench;

import io.linkwright.terminal.command.CommandProcess;

/** Entry point of {@code linkwright bench}, which is in no product. */
public final class Main {
  private Main() {}

  /** Measures and ends the process with the exit code: 0, 1 or 2. */
  public static void main(String[] arguments) {
    CommandProcess.run(arguments, BenchCommand::commandLine);
  }
}
