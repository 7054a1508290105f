package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.linkwright.terminal.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose words do not arrive. */
class OutputFailureTest {
  private static final int PROCESS_LIMIT_SECONDS = 120;

  private static final String ANSWER =
      """
      {"groups": [], "members": [], "links": [], "events": [], "revision": 1, "link": "a~b",
       "affectedEdges": [], "awaitingEdges": []}
      """;
  private static final String EVENT =
      """
      id: 1
      event: change
      data: {"revision": 1, "eventId": "00000000-0000-0000-0000-000000000001", \
      "occurredAt": "2026-01-02T03:04:05Z", "actor": "a", "commandId": "c", "type": "LinkRemoved", \
      "link": {"id": "a~b", "edgeA": "a", "edgeB": "b"}, \
      "consequences": [{"type": "MemberIsolated", "edge": "a"}]}

      """;

  private HttpServer server;
  private Settings settings;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean stream = exchange.getRequestURI().getPath().endsWith("/changes");
          byte[] body = (stream ? EVENT : ANSWER).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    settings =
        new Settings(
            Map.of("LINKWRIGHT_SERVER", "http://127.0.0.1:" + server.getAddress().getPort()),
            Path.of("."));
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "link add --help",
        "completion bash",
        "groups",
        "groups -o json",
        "groups -o yaml",
        "groups --watch",
        "groups --watch -o json",
        "members g --watch",
        "events g",
        "tail g",
        "tail g -o json",
        "api GET /metrics",
        "api GET /v1/groups",
        "link remove g a b"
      })
  @Timeout(60)
  void outputThatIsLostIsAFailure(String arguments) {
    StringWriter err = new StringWriter();

    int exitCode =
        AllCommands.commandLine(
                new PrintWriter(new FullDevice(), true), new PrintWriter(err, true), settings)
            .execute(arguments.split(" "));

    assertThat(exitCode).as(err.toString()).isEqualTo(1);
    assertThat(err.toString())
        .contains("linkwright: the output could not be written")
        .doesNotContain("bug");
  }

  @Test
  void aFullDeviceEndsTheProcessWith1AndAWord() throws Exception {
    assertThat(run("exec \"$@\" >/dev/full"))
        .isEqualTo("1 linkwright: the output could not be" + " written: No space left on device");
  }

  @Test
  void aReaderThatHasEnoughEndsItQuietly() throws Exception {
    assertThat(run("set -o pipefail; \"$@\" | true")).isEqualTo("0 ");
  }

  /** The process's exit code and what it says on standard error. */
  private static String run(String script) throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                script,
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.linkwright.standalone.Main",
                "completion",
                "bash")
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PROCESS_LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + err.strip();
  }

  /** Takes nothing, as a disk that is full. */
  private static final class FullDevice extends Writer {
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
