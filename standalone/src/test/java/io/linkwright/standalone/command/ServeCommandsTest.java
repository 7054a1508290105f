package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code linkwright serve} refuses before it starts anything. */
final class ServeCommandsTest {
  private static final int REFUSED = 2;
  private static final int FAILED = 1;

  @TempDir private Path directory;
  private final StringWriter err = new StringWriter();

  @Test
  void anInstanceThatListensEverywhereSaysWhereItIs() {
    assertThat(serveViews("--host=0.0.0.0")).isEqualTo(REFUSED);
    assertThat(err.toString()).contains("--advertised-url is needed with --host 0.0.0.0");
  }

  @Test
  void whatMakesNoSenseIsNamed() {
    assertThat(serveViews("--port=70000")).isEqualTo(REFUSED);
    assertThat(serveViews("--advertised-url=ftp://views-1")).isEqualTo(REFUSED);
    assertThat(serveViews("--replication=1")).isEqualTo(REFUSED);
    assertThat(err.toString())
        .contains("http.port 70000", "advertisedUrl=ftp://views-1", "minInsyncReplicas=2");
  }

  @Test
  void everyInstanceNeedsANameAndACluster() {
    assertThat(run("serve", "topology-stream")).isEqualTo(REFUSED);
    assertThat(err.toString()).contains("--bootstrap-servers", "--instance-id", "--state-dir");
  }

  @Test
  void aPropertiesFileThatIsNotThereIsNamed() {
    assertThat(serveViews("--kafka-config=" + directory.resolve("absent"))).isEqualTo(FAILED);
    assertThat(err.toString()).contains("--kafka-config", "absent");
  }

  @Test
  void theClientsGetWhatThePropertiesFileSays() throws IOException {
    Path file = directory.resolve("client.properties");
    Files.writeString(file, "security.protocol=NO_SUCH_PROTOCOL\n");

    assertThat(serveViews("--kafka-config=" + file)).isEqualTo(FAILED);
    assertThat(err.toString()).contains("NO_SUCH_PROTOCOL");
  }

  @Test
  void theConsoleNamesWhatItCannotTake() {
    assertThat(run("serve", "console", "--query-url=http://b:2")).isEqualTo(REFUSED);
    assertThat(serveConsole("--docs-url=javascript:alert(1)")).isEqualTo(REFUSED);
    assertThat(serveConsole("--docs-url=not an address")).isEqualTo(REFUSED);
    assertThat(serveConsole("--port=70000")).isEqualTo(REFUSED);
    assertThat(serveConsole("--port=many")).isEqualTo(REFUSED);
    assertThat(serveConsole("--colour=red")).isEqualTo(REFUSED);
    assertThat(run("serve", "console", "--command-url=ftp://a", "--query-url=http://b:2"))
        .isEqualTo(REFUSED);
    assertThat(err.toString())
        .contains(
            "--command-url",
            "--docs-url javascript:alert(1) is no http or https address",
            "not an address",
            "http.port 70000",
            "many",
            "--colour",
            "console.commandUrl ftp://a");
  }

  private int serveConsole(String option) {
    return run("serve", "console", "--command-url=http://a:1", "--query-url=http://b:2", option);
  }

  private int serveViews(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "topology-stream",
                "--bootstrap-servers=127.0.0.1:1",
                "--instance-id=views-1",
                "--state-dir=" + directory.resolve("state")));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return AllCommands.commandLine(nowhere, new PrintWriter(err, true)).execute(arguments);
  }
}
