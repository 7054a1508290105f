package io.linkwright.agent.driver.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessCommandsTest {
  private final SystemCommands commands = new ProcessCommands(List.of());

  @Test
  void aProgramReadsItsInputAndIsHeard() {
    CommandResult result = commands.run(Command.write(List.of("cat"), "secret\n"));

    assertThat(result.succeeded()).isTrue();
    assertThat(result.output()).isEqualTo("secret\n");
  }

  @Test
  void aRefusalKeepsCodeAndWordsWithoutKeys() {
    String key = "0x" + "ab".repeat(32);

    CommandResult result =
        commands.run(Command.read("bash", "-c", "echo bad key " + key + " >&2; exit 3"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.reason()).isEqualTo("bad key 0x<secret>");
    assertThat(result.toString()).doesNotContain(key);
  }

  @Test
  void ofALongStoryTheEndIsTold() {
    String framed = "┌──┐\n│ greetings │\n└──┘\n";

    assertThat(CommandResult.failure(1, framed + "ERROR: address already in use\n").reason())
        .isEqualTo("ERROR: address already in use");
    assertThat(CommandResult.failure(1, "word ".repeat(1_000) + "no such device").reason())
        .endsWith("no such device")
        .hasSizeLessThan(1_000);
  }

  @Test
  void aMissingProgramIsAFailureThatNamesIt() {
    CommandResult result = commands.run(Command.read("no-such-program"));

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).contains("no-such-program cannot be started");
  }

  @Test
  void aProgramThatIgnoresItsInputIsNoProblem() {
    CommandResult result = commands.run(Command.write(List.of("true"), "x".repeat(1 << 20)));

    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void thePrefixComesFirst() {
    CommandResult result = new ProcessCommands(List.of("echo", "in")).run(Command.read("here"));

    assertThat(result.output()).isEqualTo("in here\n");
  }

  @Test
  void aCommandDoesNotTellItsInput() {
    assertThat(Command.write(List.of("wg", "set"), "secret").toString()).isEqualTo("wg set");
  }
}
