package io.linkwright.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.text.PlainText;
import io.linkwright.embedded.LoopbackPort;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LinkwrightCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyCommandExplainsItselfAndItsExitCodes() {
    helpOf(commandLine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "link",
        "links",
        "links Denver",
        "links a b",
        "link add g a",
        "link add g a a",
        "link remove g a B",
        "groups --output xml",
        "groups --server nowhere",
        "import",
        "completion fish",
        "import no-such-file.graphml",
        "apply",
        "apply no-such-file.yaml",
        "group export",
        "replay",
        "replay --bootstrap-servers localhost:9 --until 3",
        "import pom.xml --protocol carrier-pigeon",
        "link add g a b --actor \u0001",
        "link add g a b --actor \u202eecila",
        "link add g a b --idempotency-key k\u0001",
        "link add g a b --idempotency-key k\u00e4y",
      })
  void argumentsThatMakeNoSenseEndWith2(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("linkwright: ");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link add g a b --actor|Al\u0007ice",
        "link add g a b --actor|\u202Eecila",
        "link add g a b --actor|two\nlines",
        "link add g a b --actor| ",
        "link add g a b --idempotency-key|k\n",
        "link add g a b --idempotency-key|schlüssel",
        "link add g a|b\u001b[2J",
        "group show|g\u0000",
        "api GET|/v1/\u0001",
        "api GET|/v1/a b",
        "groups --timeout|soon",
        "groups --timeout|0s",
        "groups --timeout|P2D",
      })
  void whatCannotBeSentIsAnErrorOfUsageThatIsShownHarmlessly(String arguments) {
    int last = arguments.indexOf('|');
    List<String> words = new ArrayList<>(List.of(arguments.substring(0, last).split(" ")));
    words.add(arguments.substring(last + 1));

    assertThat(run(words.toArray(String[]::new))).as(err.toString()).isEqualTo(2);
    assertThat(err.toString()).startsWith("linkwright: ").doesNotContain("bug", "Exception");
    assertThat(err.toString().lines().allMatch(PlainText::isPlain)).isTrue();
  }

  @Test
  void theCompletionScriptIsBashAndKnowsTheCommands() throws Exception {
    assertThat(run("completion bash")).isZero();
    assertThat(out.toString()).contains("_complete_linkwright", "revoke", "--server");

    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (Writer script = bash.outputWriter()) {
      script.write(out.toString());
    }
    assertThat(bash.inputReader().lines()).isEmpty();
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).isZero();
  }

  @Test
  void aFileThatIsNoListOfGroupsEndsWith1() {
    assertThat(run("apply pom.xml")).isEqualTo(1);
    assertThat(err.toString()).startsWith("linkwright: pom.xml:");
  }

  @Test
  void aFileThatIsNoGraphMlEndsWith1() {
    assertThat(run("import pom.xml")).isEqualTo(1);
    assertThat(err.toString()).contains("not a GraphML file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groups",
        "members g",
        "links g",
        "link add g a b",
        "link remove g a b",
        "tail g",
        "group export g"
      })
  void aServerThatDoesNotAnswerEndsWith1AndAHint(String arguments) throws Exception {
    int freePort = LoopbackPort.free(0);

    assertThat(run(arguments + " --server http://127.0.0.1:" + freePort)).isEqualTo(1);
    assertThat(err.toString()).contains("Is `linkwright up` running there?");
  }

  private static void helpOf(CommandLine command) {
    String usage = command.getUsageMessage();
    assertThat(usage).contains("--help", "Exit codes:", "it worked");
    command.getSubcommands().values().forEach(LinkwrightCommandTest::helpOf);
  }

  private int run(String arguments) {
    return run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
  }

  private int run(String... words) {
    return commandLine().execute(words);
  }

  private CommandLine commandLine() {
    return LinkwrightCommand.commandLine(
        List.of(), new PrintWriter(out, true), new PrintWriter(err, true), Settings.ofProcess());
  }
}
