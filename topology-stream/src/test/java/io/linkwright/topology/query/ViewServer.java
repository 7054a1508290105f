package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Json;
import io.linkwright.topology.ViewFixture;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The routes over HTTP on a view that a fixture drives. */
final class ViewServer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final QueryRoutes routes;
  private final HttpServer server;

  ViewServer(ViewFixture fixture) {
    this(fixture, fixture);
  }

  ViewServer(ViewFixture fixture, ViewPartitions partitions) {
    routes = new QueryRoutes(partitions, fixture.live(), fixture, fixture::now);
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0, Duration.ofSeconds(1)),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List.of(new Module(routes)));
  }

  /** The routes alone. */
  private record Module(QueryRoutes queries) implements HttpModule {
    @Override
    public String name() {
      return "view";
    }

    @Override
    public void routes(JavalinConfig config) {
      queries.addTo(config.routes);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
  }

  HttpResponse<String> send(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** The body of an answer that must be 200. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.mapper().readTree(response.body());
  }

  /** The problem's code; the status must be as given. */
  String problem(int status, String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    return Json.mapper().readTree(response.body()).get("code").asText();
  }

  void endStreams() {
    routes.close();
  }

  @Override
  public void close() {
    routes.close();
    server.close();
    client.close();
  }
}
