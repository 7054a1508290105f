package io.linkwright.agent.device;

import io.linkwright.terminal.command.CommandProcess;

/** Entry point of the {@code linkwright-edge} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code: 0, 1 or 2. */
  public static void main(String[] arguments) {
    CommandProcess.run(arguments, LinkwrightEdgeCommand::commandLine);
  }
}
