package io.linkwright.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Speaks to one server. Thread-safe. */
public final class LinkwrightApi implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI server;
  private final HttpClient http;
  private final RetryPolicy retries;

  /** Talks to {@code server}; makes no connection yet. */
  public LinkwrightApi(URI server) {
    this(server, RetryPolicy.DEFAULT);
  }

  LinkwrightApi(URI server, RetryPolicy retries) {
    this.server = server;
    this.retries = retries;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** The mapper for bodies; lenient in what it reads, since newer servers may say more. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * Asks.
   *
   * @param path path and query, as in {@code /v1/groups?limit=10}
   * @throws ApiException if there is no answer or a refusal
   */
  public JsonNode get(String path) {
    return exchange(request(path).GET().build());
  }

  /**
   * Asks for what may not be there: 404 is an answer, not a failure.
   *
   * @throws ApiException if there is no answer or another refusal
   */
  public Optional<JsonNode> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (ApiException.Refused refused) {
      if (refused.problem().status() == 404) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /**
   * Changes something; the same command may be sent again and counts once.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public JsonNode send(ApiCommand command) {
    HttpRequest.BodyPublisher body =
        command
            .body()
            .map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
            .orElseGet(HttpRequest.BodyPublishers::noBody);
    HttpRequest.Builder request =
        request(command.path())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", command.idempotencyKey())
            .method(command.method(), body);
    command.headers().forEach(request::header);
    return exchange(request.build());
  }

  /**
   * Asks for whatever there is, JSON or not, with any method.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public String text(String method, String path, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(REQUEST_TIMEOUT);
    body.ifPresent(_ -> request.header("Content-Type", "application/json"));
    HttpResponse<byte[]> response =
        respond(
            request
                .method(
                    method,
                    body.map(HttpRequest.BodyPublishers::ofString)
                        .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build(),
            retries);
    if (response.statusCode() / 100 == 2) {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
    throw new ApiException.Refused(ApiProblem.of(response.statusCode(), json(response.body())));
  }

  /**
   * Asks once how things are; the body counts whatever the status.
   *
   * @throws ApiException if there is no answer
   */
  public JsonNode probe(String path) {
    return json(respond(request(path).GET().build(), RetryPolicy.NONE).body());
  }

  /**
   * Opens a stream of server-sent events, after the event {@code lastId} if that is given.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  HttpResponse<Stream<String>> stream(String path, Optional<String> lastId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).header("Accept", "text/event-stream");
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    try {
      HttpResponse<Stream<String>> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      if (response.statusCode() == 200) {
        return response;
      }
      try (Stream<String> lines = response.body()) {
        byte[] body = lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
        throw new ApiException.Refused(ApiProblem.of(response.statusCode(), json(body)));
      }
    } catch (IOException broken) {
      throw new ApiException.Unreachable(server, "No answer", broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiException.Interrupted(interrupted);
    }
  }

  /** The server spoken to. */
  public URI server() {
    return server;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(REQUEST_TIMEOUT)
        .header("Accept", "application/json, application/problem+json");
  }

  private JsonNode exchange(HttpRequest request) {
    return answer(respond(request, retries));
  }

  private HttpResponse<byte[]> respond(HttpRequest request, RetryPolicy policy) {
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> wait;
      try {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        wait = policy.waitAfter(attempt, response);
        if (wait.isEmpty()) {
          return response;
        }
      } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
        throw new ApiException.Unreachable(server, "No answer", nobodyThere);
      } catch (IOException broken) {
        wait = policy.waitAfterBreak(attempt);
        if (wait.isEmpty()) {
          throw new ApiException.Unreachable(server, "The connection keeps breaking", broken);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new ApiException.Interrupted(interrupted);
      }
      pause(wait.orElseThrow());
    }
  }

  private JsonNode answer(HttpResponse<byte[]> response) {
    JsonNode body = json(response.body());
    if (response.statusCode() / 100 == 2) {
      return body;
    }
    throw new ApiException.Refused(ApiProblem.of(response.statusCode(), body));
  }

  private JsonNode json(byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException notOurs) {
      throw new ApiException.Unreachable(
          server, "Something that is not Linkwright answers", notOurs);
    }
  }

  /**
   * Waits before asking again.
   *
   * @throws ApiException if interrupted meanwhile
   */
  public static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiException.Interrupted(interrupted);
    }
  }
}
