package io.linkwright.agent.driver.system;

import java.util.function.Consumer;

/**
 * Prints what would be done, ready to be read or pasted, with secrets left out. What is asked of
 * the system finds nothing there.
 *
 * @param lines where the commands go, line by line
 */
public record DryRunCommands(Consumer<String> lines) implements SystemCommands {

  @Override
  public CommandResult run(Command command) {
    switch (command.purpose()) {
      case READ, PROBE -> {}
      case WRITE -> print(command);
    }
    return CommandResult.success("");
  }

  private void print(Command command) {
    if (command.arguments().contains("-batch")) {
      command
          .input()
          .orElseThrow()
          .lines()
          .forEach(line -> lines.accept("ip " + Command.withoutKeys(line)));
    } else {
      lines.accept(command + (command.input().isPresent() ? " <<< <secret>" : ""));
    }
  }
}
