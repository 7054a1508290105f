package io.linkwright.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Json;
import io.linkwright.http.Readiness;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The service behind its HTTP server, and a client of it. */
record RunningService(TopologyService service, HttpServer server, HttpClient client)
    implements AutoCloseable {

  /** Starts it where others are told to find it, or on a free port, and waits until it is ready. */
  static RunningService start(TopologyConfig config) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    TopologyService service = TopologyService.start(config, Cluster.WIRE, metrics);
    int port = config.advertisedUrl().map(URI::getPort).orElse(0);
    HttpServer server =
        HttpServer.start(new HttpServerConfig("127.0.0.1", port), metrics, List.of(service));
    Cluster.await(() -> service.readiness() instanceof Readiness.Ready);
    return new RunningService(service, server, HttpClient.newHttpClient());
  }

  /** Headers come as name, value, name, value. */
  HttpResponse<String> send(String path, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return Json.mapper().readTree(send(path).body());
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    service.close();
  }
}
