package io.linkwright.systemtests;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.ProcessCommands;
import java.util.List;
import java.util.Optional;

/** What a tester types, in one place of the network. */
record Shell(List<String> prefix) {

  /** Runs it, and insists that it works. */
  String run(String line) {
    CommandResult result = attempt(line);
    if (!result.succeeded()) {
      throw new AssertionError(line + ": " + result.reason());
    }
    return result.output();
  }

  /** Runs it. */
  CommandResult attempt(String line) {
    return new ProcessCommands(prefix)
        .run(new Command(Command.Purpose.WRITE, List.of("bash", "-c", line), Optional.empty()));
  }

  /** Whether an echo comes back within a second. */
  boolean reaches(String address) {
    return attempt("ping -n -c 1 -W 1 " + address).succeeded();
  }
}
