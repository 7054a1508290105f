package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the one command of an installation can do. */
final class AllCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatServesAndOperatorsAndDevicesAreUnderOneName() {
    assertThat(commandLine().getSubcommands().keySet())
        .startsWith("demo", "up", "serve")
        .contains("edge", "groups", "apply", "replay")
        .doesNotContain("bench");
  }

  @Test
  void everyCommandExplainsItselfAndItsExitCodes() {
    helpOf(commandLine());
  }

  @Test
  void aDevicesCommandSaysHowItWasCalled() {
    assertThat(commandLine().execute("edge", "run", "--no-such-option")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("linkwright: Unknown option")
        .contains("Try: linkwright edge run --help");
  }

  private static void helpOf(CommandLine command) {
    assertThat(command.getUsageMessage()).contains("--help", "Exit codes:", "it worked");
    command.getSubcommands().values().forEach(AllCommandsTest::helpOf);
  }

  private CommandLine commandLine() {
    return AllCommands.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
