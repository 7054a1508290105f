package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console beside the services instead of among them. */
final class ConsoleProcessTest {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  @Test
  void asAProcessOfItsOwnItAsksTheServicesItIsGiven(@TempDir Path directory) {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    int port = LinkwrightProcess.Site.in(directory).httpPort();
    URI page = URI.create("http://127.0.0.1:%d/console/groups/beside".formatted(port));
    try (LinkwrightProcess _ =
            consoleOf(site.server(), site.server(), port, "--docs-url", "https://docs.example");
        LinkwrightApi api = new LinkwrightApi(site.server());
        HttpClient http = HttpClient.newHttpClient()) {
      Eventually.holds(
          START_LIMIT, () -> status(http, page) == 503, () -> "it does not say who is away");

      try (LinkwrightProcess _ = LinkwrightProcess.up(site)) {
        new Operator(api).createPartialMesh("beside", TunnelProtocol.IPSEC);
        Eventually.holds(START_LIMIT, () -> status(http, page) == 200, () -> "no page");
        assertThat(body(http, page))
            .contains("href=\"https://docs.example/docs\"")
            .contains("href=\"https://docs.example/openapi.json\"");
      }
      assertThat(status(http, page)).isEqualTo(503);
    }
  }

  /** The console, asking these services. */
  static LinkwrightProcess consoleOf(URI commands, URI queries, int port, String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "console"));
    arguments.addAll(List.of("--command-url", commands.toString()));
    arguments.addAll(List.of("--query-url", queries.toString()));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    arguments.addAll(List.of(options));
    return LinkwrightProcess.run(arguments);
  }

  private static String body(HttpClient http, URI page) {
    try {
      return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** Of a page, 0 if there is no answer. */
  static int status(HttpClient http, URI page) {
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
