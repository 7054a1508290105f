package io.linkwright.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkwrightApiTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(5));

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> idempotencyKeys = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private LinkwrightApi api;

  private record Answer(int status, String body) {}

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          idempotencyKeys.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
          paths.add(exchange.getRequestURI().toString());
          Answer answer = answers.remove();
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    api = new LinkwrightApi(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), QUICK);
  }

  @AfterEach
  void stopServer() {
    api.close();
    server.stop(0);
  }

  @Test
  void aCommandWhoseOutcomeIsUnknownIsRepeatedUnderTheSameKey() {
    answers.add(new Answer(504, "{\"code\":\"OUTCOME_UNKNOWN\"}"));
    answers.add(new Answer(503, "{\"code\":\"NOT_READY\"}"));
    answers.add(new Answer(201, "{\"revision\":7}"));

    JsonNode answer = api.send(ApiCommand.post("/v1/groups", LinkwrightApi.mapper().nullNode()));

    assertThat(answer.path("revision").asLong()).isEqualTo(7);
    assertThat(idempotencyKeys).hasSize(3);
    assertThat(idempotencyKeys.stream().distinct()).hasSize(1);
  }

  @Test
  void aServerThatNeverGetsReadyIsGivenUp() {
    for (int i = 0; i < 3; i++) {
      answers.add(new Answer(503, "{\"code\":\"NOT_READY\",\"detail\":\"replaying\"}"));
    }

    assertThatThrownBy(() -> api.get("/v1/groups"))
        .isInstanceOf(ApiException.Refused.class)
        .hasMessage("replaying (NOT_READY)");
    assertThat(answers).isEmpty();
  }

  @Test
  void aRefusalIsShownWithEveryOffendingItem() {
    answers.add(
        new Answer(
            409,
            """
            {"status":409,"code":"LINK_EXISTS","detail":"2 of 3 items are refused",
             "items":[{"field":"add[0]","code":"LINK_EXISTS","detail":"a~b is there"},
                      {"field":"add[2]","code":"LINK_TO_SELF","detail":"c twice"}]}
            """));

    assertThatThrownBy(() -> api.get("/v1/groups"))
        .isInstanceOf(ApiException.Refused.class)
        .hasMessageContaining("2 of 3 items are refused (LINK_EXISTS)")
        .hasMessageContaining("add[0]: a~b is there (LINK_EXISTS)")
        .hasMessageContaining("add[2]: c twice (LINK_TO_SELF)");
  }

  @Test
  void whatIsNotThereIsAnAnswer() {
    answers.add(new Answer(404, "{\"code\":\"UNKNOWN_GROUP\"}"));

    assertThat(api.find("/v1/groups/none")).isEmpty();
  }

  @Test
  void somethingElseThatListensIsRecognised() {
    answers.add(new Answer(200, "<html>"));

    assertThatThrownBy(() -> api.get("/v1/groups"))
        .isInstanceOf(ApiException.Unreachable.class)
        .hasMessageContaining("not Linkwright")
        .hasMessageContaining("linkwright up");
  }

  @Test
  void pagesAreFollowedToTheEnd() {
    answers.add(new Answer(200, "{\"revision\":1,\"links\":[1,2],\"next\":\"a~b\"}"));
    answers.add(new Answer(200, "{\"revision\":1,\"links\":[3],\"next\":null}"));

    JsonNode all = Pages.all(api, "/links?limit=2", "links");

    assertThat(all.toString()).isEqualTo("{\"revision\":1,\"links\":[1,2,3]}");
    assertThat(paths).containsExactly("/links?limit=2", "/links?limit=2&after=a%7Eb");
  }
}
