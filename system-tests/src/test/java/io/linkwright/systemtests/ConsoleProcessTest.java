package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.TunnelProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console beside the services instead of among them. */
final class ConsoleProcessTest {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  @Test
  void asAProcessOfItsOwnItAsksTheServicesItIsGiven(@TempDir Path directory) throws Exception {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    int port = LinkwrightProcess.Site.in(directory).httpPort();
    URI page = URI.create("http://127.0.0.1:%d/console/groups/beside".formatted(port));
    Process console = start(site.server(), port);
    try (LinkwrightApi api = new LinkwrightApi(site.server());
        HttpClient http = HttpClient.newHttpClient()) {
      Eventually.holds(
          START_LIMIT, () -> status(http, page) == 503, () -> "it does not say who is away");

      try (LinkwrightProcess _ = LinkwrightProcess.up(site)) {
        new Operator(api).createPartialMesh("beside", TunnelProtocol.IPSEC);
        Eventually.holds(START_LIMIT, () -> status(http, page) == 200, () -> "no page");
      }
      assertThat(status(http, page)).isEqualTo(503);
    } finally {
      console.destroy();
      assertThat(console.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Process start(URI services, int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.linkwright.console.Main",
                "--command-url",
                services.toString(),
                "--query-url",
                services.toString(),
                "--port",
                Integer.toString(port)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int status(HttpClient http, URI page) {
    try {
      HttpResponse<Void> answer =
          http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());
      return answer.statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
