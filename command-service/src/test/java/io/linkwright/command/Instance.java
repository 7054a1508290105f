package io.linkwright.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.api.ApiClient;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.WireFormat;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One instance of the service with its HTTP server, and a client of it. */
final class Instance implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(30);

  private final CommandService service;
  private final HttpServer server;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ApiClient client;

  Instance(String bootstrapServers, String instanceId, ControllerKey signingKey) {
    int port = freePort();
    URI url = URI.create("http://127.0.0.1:" + port);
    client = new ApiClient(url);
    service =
        CommandService.start(
            CommandServiceConfig.of(bootstrapServers, instanceId, url),
            WireFormat.bundled(),
            signingKey,
            metrics);
    server = HttpServer.start(new HttpServerConfig("127.0.0.1", port), metrics, List.of(service));
  }

  Instance awaitReady() {
    await(() -> service.readiness() instanceof Readiness.Ready);
    return this;
  }

  Readiness readiness() {
    return service.readiness();
  }

  String metrics() {
    return metrics.scrape();
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    return client.send(method, path, body, headers);
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      Thread.onSpinWait();
      try {
        Thread.sleep(10);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void close() {
    server.close();
    service.close();
    client.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
