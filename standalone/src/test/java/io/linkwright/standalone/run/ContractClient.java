package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.http.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Speaks to the server, holds every answer against the document, and notes what was exercised. */
final class ContractClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Of half a second each, at most. */
  private static final int MAX_TRIES = 200;

  private static final int MAX_STREAM_LINES = 1_000;

  private final URI server;
  private final OpenApiDocument document;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Route, Set<Integer>> exercised = new HashMap<>();

  ContractClient(URI server, OpenApiDocument document) {
    this.server = server;
    this.document = document;
  }

  /** Operations, each with the statuses it answered with. */
  Map<Route, Set<Integer>> exercised() {
    return exercised;
  }

  JsonNode get(int status, String path) throws Exception {
    return send(status, "GET", path, "");
  }

  JsonNode post(int status, String path, String body) throws Exception {
    return send(status, "POST", path, body);
  }

  /** Sends a request and returns the answer's body, where that is JSON. */
  JsonNode send(int status, String method, String path, String body, String... headers)
      throws Exception {
    return check(status, method, path, body, exchange(method, path, body, headers));
  }

  /** Sends a request, again and again as long as it is answered with {@code meanwhile}. */
  void sendUntil(int status, int meanwhile, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = exchange(method, path, body);
    for (int tries = 1; answer.statusCode() == meanwhile && tries < MAX_TRIES; tries++) {
      check(meanwhile, method, path, body, answer);
      answer = exchange(method, path, body);
    }
    check(status, method, path, body, answer);
  }

  private HttpResponse<String> exchange(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode check(
      int status, String method, String path, String body, HttpResponse<String> answer)
      throws Exception {
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    Route operation = document.operation(method, server.resolve(path).getPath());
    String mediaType = mediaType(answer);
    document.requireAnswer(operation, status, mediaType, answer.body());
    if (status < 300 && !body.isEmpty()) {
      document.requireBody(operation, body);
    }
    note(operation, status);
    return OpenApiDocument.json(mediaType.endsWith("json") ? answer.body() : "{}");
  }

  /** Reads changes up to the mark that says that all before was sent; returns how many. */
  int changes(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT).build(),
            BodyHandlers.ofInputStream());
    Route operation = document.operation("GET", server.resolve(path).getPath());
    document.requireAnswer(operation, answer.statusCode(), mediaType(answer), "");
    note(operation, answer.statusCode());
    int changes = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String event = "";
      for (int count = 0; count < MAX_STREAM_LINES; count++) {
        String line = lines.readLine();
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          document.requireValid(component(event), line.substring("data: ".length()));
          if (event.equals("live")) {
            return changes;
          }
          changes++;
        }
      }
    }
    throw new AssertionError("no event live within " + MAX_STREAM_LINES + " lines");
  }

  /** Connects as an edge would, up to the challenge. */
  void connect(String path, String subprotocol) throws Exception {
    Route operation = document.operation("GET", path);
    try {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .subprotocols(subprotocol)
              .buildAsync(
                  URI.create("ws://%s:%d%s".formatted(server.getHost(), server.getPort(), path)),
                  new WebSocket.Listener() {})
              .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
              .join();
      assertThat(socket.getSubprotocol()).isEqualTo(EdgeConnection.SUBPROTOCOL);
      socket.abort();
      note(operation, 101);
    } catch (CompletionException failed) {
      if (!(failed.getCause() instanceof WebSocketHandshakeException refused)) {
        throw failed;
      }
      note(operation, refused.getResponse().statusCode());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private void note(Route operation, int status) {
    exercised.computeIfAbsent(operation, _ -> new HashSet<>()).add(status);
  }

  private static String component(String event) {
    return switch (event) {
      case "change" -> "Event";
      case "live" -> "LiveMark";
      case "status" -> "StatusChange";
      default -> throw new AssertionError("event '%s' is not documented".formatted(event));
    };
  }

  private static String mediaType(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
  }
}
