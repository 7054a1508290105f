package io.linkwright.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service behind its port; ended by SIGTERM, which it must obey. */
record ServiceProcess(LinkwrightProcess process, URI url) implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  /** Starts {@code serve SERVICE} and waits until it is ready. */
  static ServiceProcess start(String bootstrapServers, String service, String... options) {
    int port = LinkwrightProcess.freePort();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", service, "--port=" + port));
    arguments.add("--bootstrap-servers=" + bootstrapServers);
    arguments.addAll(List.of(options));
    URI url = URI.create("http://127.0.0.1:" + port);
    LinkwrightProcess process = LinkwrightProcess.run(arguments);
    process.awaitReady(url);
    return new ServiceProcess(process, url);
  }

  String output() {
    return process.output();
  }

  boolean isReady() {
    return status("/readyz") == 200;
  }

  boolean isAlive() {
    return status("/livez") == 200;
  }

  /** What it answers with; 0 if it does not. */
  int status(String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER_LIMIT).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException silent) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
