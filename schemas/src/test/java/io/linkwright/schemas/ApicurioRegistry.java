package io.linkwright.schemas;

import io.linkwright.embedded.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real registry in a process of its own, with its data in memory. */
final class ApicurioRegistry implements AutoCloseable {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("linkwright.apicurio.directory"));
  private static final Path LOG = DIRECTORY.resolveSibling("apicurio.log");
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Process process;
  private final URI url;

  private ApicurioRegistry(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  static ApicurioRegistry start() throws IOException, InterruptedException {
    int port = LoopbackPort.free(0);
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                // A second port, for health and metrics; any free one.
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-jar",
                DIRECTORY.resolve("quarkus-run.jar").toString())
            .redirectErrorStream(true)
            .redirectOutput(LOG.toFile())
            .start();
    URI url = URI.create("http://127.0.0.1:%d/apis/ccompat/v7".formatted(port));
    ApicurioRegistry registry = new ApicurioRegistry(process, url);
    try {
      registry.awaitReady();
    } catch (IOException | InterruptedException | RuntimeException failed) {
      registry.close();
      throw failed;
    }
    return registry;
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(STOP_TIMEOUT).build();
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!answers(client, request)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("Apicurio did not start:\n" + tail(Files.readAllLines(LOG)));
        }
        Thread.sleep(POLL_INTERVAL);
      }
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String tail(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }
}
