package io.linkwright.httpapi.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.linkwright.httpapi.ApiJson.UnreadableAnswerException;
import io.linkwright.httpapi.IdempotencyKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Speaks to one server. Thread-safe. */
public final class LinkwrightApi implements AutoCloseable {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Several times the links of the largest group; more is no answer of ours. */
  private static final long MAX_ANSWER_BYTES = 256L * 1024 * 1024;

  /** Of the words of a refusal. */
  private static final int MAX_PROBLEM_BYTES = 1024 * 1024;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpResponse.BodyHandler<byte[]> WHOLE_ANSWER =
      HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);

  private final URI server;
  private final HttpClient http;
  private final Optional<String> token;
  private final Patience patience;
  private final RetryPolicy retries;

  /** Talks to {@code server}, as a program that nobody watches; makes no connection yet. */
  public LinkwrightApi(URI server) {
    this(server, Patience.ofProgram());
  }

  /** The same, for a program that proves who it is. */
  public LinkwrightApi(URI server, String token) {
    this(server, Optional.of(token), Patience.ofProgram());
  }

  /** Talks to {@code server} as nobody in particular; makes no connection yet. */
  public LinkwrightApi(URI server, Patience patience) {
    this(server, Optional.empty(), patience);
  }

  /**
   * Talks to {@code server}; makes no connection yet.
   *
   * @param token that proves who is asking (RFC 6750); empty for a server that does not ask
   */
  public LinkwrightApi(URI server, Optional<String> token, Patience patience) {
    this(server, token, patience, RetryPolicy.DEFAULT);
  }

  LinkwrightApi(URI server, Optional<String> token, Patience patience, RetryPolicy retries) {
    this.server = server;
    this.token = token;
    this.patience = patience;
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
   * Asks for what is of this type.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public <T> Answer<T> get(String path, Class<T> type) {
    return understood(get(path), type);
  }

  /**
   * Asks for what may not be there: 404 is an answer, not a failure.
   *
   * @throws ApiException if there is no answer or another refusal
   */
  public <T> Optional<Answer<T>> find(String path, Class<T> type) {
    try {
      return Optional.of(get(path, type));
    } catch (ApiException.Refused refused) {
      if (refused.problem().status() == 404) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /**
   * What an answer means.
   *
   * @throws ApiException if it is none of this type
   */
  <T> Answer<T> understood(JsonNode answer, Class<T> type) {
    try {
      return Answer.of(answer, type);
    } catch (UnreadableAnswerException notOurs) {
      throw notUnderstood(notOurs);
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
            .header(IdempotencyKey.HEADER, command.idempotencyKey())
            .method(command.method(), body);
    command.headers().forEach(request::header);
    try {
      return exchange(request.build());
    } catch (ApiException.Unanswered late) {
      throw late.of(command);
    }
  }

  /**
   * Changes something, as {@link #send(ApiCommand)} does.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public <T> Answer<T> send(ApiCommand command, Class<T> type) {
    return understood(send(command), type);
  }

  /**
   * Asks for whatever there is, JSON or not, with any method. A try that is repeated counts once.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  public String text(String method, String path, Optional<String> body) {
    HttpRequest.Builder request = proved(path);
    if (!method.equals("GET")) {
      request.header(IdempotencyKey.HEADER, UUID.randomUUID().toString());
    }
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
  public <T> Answer<T> probe(String path, Class<T> type) {
    return understood(json(respond(request(path).GET().build(), RetryPolicy.NONE).body()), type);
  }

  /**
   * Opens a stream of server-sent events, after the event {@code lastId} if that is given.
   *
   * @throws ApiException if there is no answer or a refusal
   */
  InputStream stream(String path, Optional<String> lastId) {
    HttpRequest.Builder request = proved(path).header("Accept", "text/event-stream");
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    HttpResponse<InputStream> response =
        once(request.build(), HttpResponse.BodyHandlers.ofInputStream(), patience);
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw new ApiException.Refused(
          ApiProblem.of(response.statusCode(), json(body.readNBytes(MAX_PROBLEM_BYTES))));
    } catch (IOException broken) {
      throw unreachable(ConnectionFault.of(broken), broken);
    }
  }

  /** One try; of a stream, until it begins. */
  private <T> HttpResponse<T> once(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, Patience limited) {
    Wait wait = limited.begin();
    try {
      return wait.on(http.sendAsync(request, handler));
    } catch (TimeoutException late) {
      throw new ApiException.Unanswered(server, limited.limit(), wait.reason(), late);
    } catch (ExecutionException failed) {
      IOException broken = broken(failed);
      throw unreachable(ConnectionFault.of(broken), broken);
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
    return proved(path).header("Accept", "application/json, application/problem+json");
  }

  private HttpRequest.Builder proved(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    return request;
  }

  private JsonNode exchange(HttpRequest request) {
    return answer(respond(request, retries));
  }

  private HttpResponse<byte[]> respond(HttpRequest request, RetryPolicy policy) {
    Wait wait = patience.begin();
    for (int attempt = 1; ; attempt++) {
      Duration pause;
      try {
        HttpResponse<byte[]> response = wait.on(http.sendAsync(request, WHOLE_ANSWER));
        Optional<Duration> asked = policy.waitAfter(attempt, response);
        if (asked.isEmpty() || !wait.allows(asked.get())) {
          return response;
        }
        pause = asked.get();
        wait.because(ApiProblem.of(response.statusCode(), json(response.body())).detail());
      } catch (TimeoutException late) {
        throw new ApiException.Unanswered(server, patience.limit(), wait.reason(), late);
      } catch (ExecutionException failed) {
        IOException broken = broken(failed);
        ConnectionFault fault = ConnectionFault.of(broken);
        Optional<Duration> next = policy.waitAfterBreak(attempt);
        if (fault.lasting() || next.isEmpty() || !wait.allows(next.get())) {
          throw unreachable(fault, broken);
        }
        pause = next.get();
        wait.because(fault.words());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new ApiException.Interrupted(interrupted);
      }
      wait.pause(pause);
    }
  }

  /** What is no failure of the connection is a bug. */
  private static IOException broken(ExecutionException failed) {
    if (failed.getCause() instanceof IOException broken) {
      return broken;
    }
    throw new IllegalStateException("a request that could not be sent", failed.getCause());
  }

  private ApiException.Unreachable unreachable(ConnectionFault fault, Throwable cause) {
    return new ApiException.Unreachable(server, fault.words(), cause);
  }

  private JsonNode answer(HttpResponse<byte[]> response) {
    JsonNode body = json(response.body());
    if (response.statusCode() / 100 == 2) {
      if (!body.isObject()) {
        throw notUnderstood(new IllegalArgumentException("no JSON object"));
      }
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
      throw notUnderstood(notOurs);
    }
  }

  /** What answers says what Linkwright does not say. */
  public ApiException notUnderstood(Exception why) {
    return new ApiException.Unreachable(
        server, "something that is not Linkwright answers there", why);
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
