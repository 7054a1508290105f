package io.linkwright.systemtests;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.ProcessCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a tester types, in one place of the network. */
record Shell(List<String> prefix) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Runs it, and insists that it works. */
  String run(String line) {
    return run(line, LIMIT);
  }

  /** Runs what may take so long, and insists that it works. */
  String run(String line, Duration limit) {
    CommandResult result = attempt(line, limit);
    if (!result.succeeded()) {
      throw new AssertionError(line + ": " + result.reason());
    }
    return result.output();
  }

  /** Runs it. */
  CommandResult attempt(String line) {
    return attempt(line, LIMIT);
  }

  private CommandResult attempt(String line, Duration limit) {
    return new ProcessCommands(prefix, limit)
        .run(new Command(Command.Purpose.WRITE, List.of("bash", "-c", line), Optional.empty()));
  }

  /** Whether an echo comes back within a second. */
  boolean reaches(String address) {
    return attempt("ping -n -c 1 -W 1 " + address).succeeded();
  }
}
