package io.linkwright.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ApiJson.UnreadableAnswerException;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.IdempotencyKey;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.answer.CallerAnswer;
import io.linkwright.httpapi.client.ApiProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Speaks HTTP to the services. Thread-safe. */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** A person waits: better an error page than a page that never comes. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

  /** Tries of a request that a service is not ready for; about a second and a half in all. */
  private static final int MAX_ATTEMPTS = 6;

  private static final Duration RETRY_WAIT = Duration.ofMillis(250);

  /** Lenient, since newer services may say more. */
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Services services;
  private final Optional<String> token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * Talks to these services; makes no connection yet.
   *
   * @param token that queries prove by who asks; empty if nobody is asked
   */
  public ApiClient(Services services, Optional<String> token) {
    this.services = services;
    this.token = token;
  }

  /** The mapper for bodies. */
  static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * Asks the query service for what is of this type.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public <T> T get(String path, Class<T> type) {
    return get(request(services.queries(), path, token).GET().build(), type);
  }

  private <T> T get(HttpRequest request, Class<T> type) {
    try {
      HttpResponse<byte[]> response = exchange(request);
      if (response.statusCode() == 200) {
        return ApiJson.read(response.body(), type);
      }
      throw new ApiException.Refused(ApiProblem.of(response.statusCode(), json(response.body())));
    } catch (IOException broken) {
      throw unreachable(broken);
    } catch (UnreadableAnswerException notOurs) {
      throw notUnderstood(notOurs);
    }
  }

  /**
   * Asks the command service who shows this token.
   *
   * @throws ApiException if nobody does, or there is no answer
   */
  public CallerAnswer whoIs(String shown) {
    return get(
        request(services.commands(), ApiPaths.WHOAMI, Optional.of(shown)).GET().build(),
        CallerAnswer.class);
  }

  /**
   * Sends a command to the command service and says what became of it.
   *
   * @param sender the token of who sends it; empty for the console itself
   */
  public CommandAnswer send(Command command, Optional<String> sender) {
    HttpRequest.BodyPublisher body =
        command
            .body()
            .map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
            .orElseGet(HttpRequest.BodyPublishers::noBody);
    HttpRequest.Builder builder =
        request(services.commands(), command.path(), sender.or(() -> token))
            .header("Content-Type", "application/json")
            .header(IdempotencyKey.HEADER, command.idempotencyKey())
            .method(command.method(), body);
    command
        .ifRevision()
        .ifPresent(revision -> builder.header("If-Match", "\"%d\"".formatted(revision)));
    HttpRequest request = builder.build();
    try {
      HttpResponse<byte[]> response = exchange(request);
      JsonNode answer = json(response.body());
      if (response.statusCode() / 100 == 2) {
        return new CommandAnswer.Done(answer);
      }
      ApiProblem problem = ApiProblem.of(response.statusCode(), answer);
      return response.statusCode() == 504
          ? new CommandAnswer.Unknown(problem.detail())
          : new CommandAnswer.Refused(problem);
    } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
      return new CommandAnswer.Refused(
          new ApiProblem(
              503,
              ProblemCodes.NOT_READY,
              "The command service does not answer. Nothing was changed.",
              Optional.empty(),
              List.of()));
    } catch (IOException | ApiException.Unreachable broken) {
      return new CommandAnswer.Unknown("The connection broke before the answer came.");
    }
  }

  /**
   * Opens a group's stream of changes; the caller closes it. Reading it blocks for as long as
   * nothing happens.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public InputStream changes(String group) {
    HttpRequest request =
        proved(services.queries().resolve(ApiPaths.at(ApiPaths.CHANGES, new GroupId(group))), token)
            .header("Accept", "text/event-stream")
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return response.body();
      }
      try (InputStream body = response.body()) {
        throw new ApiException.Refused(
            ApiProblem.of(response.statusCode(), json(body.readAllBytes())));
      }
    } catch (IOException broken) {
      throw unreachable(broken);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static HttpRequest.Builder request(URI service, String path, Optional<String> shown) {
    return proved(service.resolve(path), shown)
        .timeout(REQUEST_TIMEOUT)
        .header("Accept", "application/json, application/problem+json");
  }

  private static HttpRequest.Builder proved(URI address, Optional<String> shown) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    shown.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      for (int attempt = 2; isPassing(response) && attempt <= MAX_ATTEMPTS; attempt++) {
        Thread.sleep(RETRY_WAIT);
        response = http.send(request, BodyHandlers.ofByteArray());
      }
      return response;
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /** A partition that moves, or an outcome that a repetition under the same key tells. */
  private static boolean isPassing(HttpResponse<byte[]> response) {
    return response.statusCode() == 503 || response.statusCode() == 504;
  }

  private static JsonNode json(byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException notOurs) {
      throw notUnderstood(notOurs);
    }
  }

  private static ApiException notUnderstood(Exception why) {
    return new ApiException.Unreachable("Something that is not Linkwright answers.", why);
  }

  private static ApiException unreachable(IOException cause) {
    return new ApiException.Unreachable("The query service does not answer.", cause);
  }

  private static ApiException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ApiException.Unreachable("The console is stopping.", cause);
  }
}
