package io.linkwright.httpapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.linkwright.httpapi.ActorHeader;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkwrightApiTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(5));

  private final Queue<Reply> answers = new ArrayDeque<>();
  private final List<String> idempotencyKeys = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<String> actors = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private LinkwrightApi api;

  private record Reply(int status, String body) {}

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          idempotencyKeys.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
          actors.add(String.valueOf(exchange.getRequestHeaders().getFirst("Linkwright-Actor")));
          paths.add(exchange.getRequestURI().toString());
          Reply answer = answers.remove();
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    api = new LinkwrightApi(address(), Optional.empty(), Patience.ofProgram(), QUICK);
  }

  @AfterEach
  void stopServer() {
    api.close();
    server.stop(0);
  }

  @Test
  void aCommandWhoseOutcomeIsUnknownIsRepeatedUnderTheSameKey() {
    answers.add(new Reply(504, "{\"code\":\"OUTCOME_UNKNOWN\"}"));
    answers.add(new Reply(503, "{\"code\":\"NOT_READY\"}"));
    answers.add(new Reply(201, "{\"revision\":7}"));

    JsonNode answer = api.send(ApiCommand.post("/v1/groups", LinkwrightApi.mapper().nullNode()));

    assertThat(answer.path("revision").asLong()).isEqualTo(7);
    assertThat(idempotencyKeys).hasSize(3);
    assertThat(idempotencyKeys.stream().distinct()).hasSize(1);
  }

  @Test
  void aServerThatNeverGetsReadyIsGivenUp() {
    for (int i = 0; i < 3; i++) {
      answers.add(new Reply(503, "{\"code\":\"NOT_READY\",\"detail\":\"replaying\"}"));
    }

    assertThatThrownBy(() -> api.get("/v1/groups"))
        .isInstanceOf(ApiException.Refused.class)
        .hasMessage("replaying (NOT_READY)");
    assertThat(answers).isEmpty();
  }

  @Test
  void aRefusalIsShownWithEveryOffendingItem() {
    answers.add(
        new Reply(
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
    answers.add(new Reply(404, "{\"code\":\"UNKNOWN_GROUP\"}"));

    assertThat(api.find("/v1/groups/none", GroupAnswer.class)).isEmpty();
  }

  @Test
  void somethingElseThatListensIsRecognised() {
    answers.add(new Reply(200, "<html>"));

    assertThatThrownBy(() -> api.get("/v1/groups"))
        .isInstanceOf(ApiException.Unreachable.class)
        .hasMessageContaining("not Linkwright")
        .hasMessageContaining("linkwright up");
  }

  @Test
  void anAnswerThatIsNoneOfOursIsSaid() {
    answers.add(new Reply(200, "[]"));

    assertThatThrownBy(() -> api.get("/v1/groups"))
        .isInstanceOf(ApiException.Unreachable.class)
        .hasMessageContaining("something that is not Linkwright answers there");
  }

  @Test
  void anActorArrivesWhateverTheScript() {
    answers.add(new Reply(200, "{}"));

    api.send(ApiCommand.delete("/v1/groups/g").withActor("Alice Müller, 100% 東京"));

    assertThat(actors)
        .singleElement()
        .satisfies(header -> assertThat(header).isASCII())
        .extracting(ActorHeader::decode)
        .isEqualTo("Alice Müller, 100% 東京");
  }

  @Test
  void aServerThatHangsIsGivenUpInTimeAndTheWayToRepeatIsSaid() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        LinkwrightApi hanging =
            new LinkwrightApi(
                URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                new Patience(Duration.ofMillis(300), _ -> {}))) {
      ApiCommand command = ApiCommand.delete("/v1/groups/g").withKey("k-7");

      assertThatThrownBy(() -> hanging.send(command))
          .isInstanceOf(ApiException.Unanswered.class)
          .hasMessageContaining("within 0.3s: no answer yet")
          .hasMessageContaining("--idempotency-key k-7 it counts once")
          .hasMessageNotContaining("Exception");
      assertThatThrownBy(() -> hanging.get("/v1/groups"))
          .isInstanceOf(ApiException.Unanswered.class)
          .hasMessageNotContaining("idempotency");
      assertThatThrownBy(() -> hanging.stream("/changes", Optional.empty()))
          .isInstanceOf(ApiException.Unanswered.class);
    }
  }

  @Test
  void aLongWaitIsSaidOnceAndWhatItIsFor() {
    List<String> reasons = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(new Reply(503, "{\"code\":\"NOT_READY\",\"detail\":\"Kafka is away\"}"));
    }
    try (LinkwrightApi watched =
        new LinkwrightApi(
            address(),
            Optional.empty(),
            new Patience(Duration.ofSeconds(5), reasons::add),
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofMillis(200)))) {
      assertThatThrownBy(() -> watched.get("/v1/groups"))
          .isInstanceOf(ApiException.Refused.class)
          .hasMessage("Kafka is away (NOT_READY)");
    }
    assertThat(reasons).containsExactly("Kafka is away");
  }

  @Test
  void whatIsWrongWithAConnectionIsSaidInPlainWords() throws Exception {
    assertThat(fault(URI.create("http://no-such-host.invalid"))).contains("the name is not known");
    assertThat(faultOfAPortThatNobodyListensOn())
        .contains("nobody listens there", "Is `linkwright up` running there?");
    assertThat(faultOfOneThatSays("https", "HTTP/1.1 400 Bad Request\r\n\r\n"))
        .contains("TLS does not come about: the server speaks plain HTTP");
    assertThat(faultOfOneThatSays("http", "SSH-2.0-OpenSSH_9.6\r\n\r\n"))
        .contains("does not speak HTTP");
    assertThat(faultOfOneThatSays("http", "")).contains("the connection was");
  }

  /** The port is taken, so nobody else comes to listen on it meanwhile. */
  private static String faultOfAPortThatNobodyListensOn() throws IOException {
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return fault(URI.create("http://127.0.0.1:" + taken.getLocalPort()));
    }
  }

  private static String faultOfOneThatSays(String scheme, String words) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answer(other, words));
      return fault(URI.create(scheme + "://127.0.0.1:" + other.getLocalPort()));
    }
  }

  /** Until the socket is closed. */
  private static void answer(ServerSocket socket, String words) {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // The next one, or the end.
      }
    }
  }

  private static String fault(URI address) {
    try (LinkwrightApi api =
        new LinkwrightApi(address, Optional.empty(), Patience.ofProgram(), QUICK)) {
      api.get("/v1/groups");
      throw new AssertionError("an answer from " + address);
    } catch (ApiException.Unreachable unreachable) {
      assertThat(unreachable).hasMessageNotContaining("Exception").hasMessageNotContaining("java");
      return unreachable.getMessage();
    }
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void pagesAreFollowedToTheEnd() {
    answers.add(new Reply(200, linkPage(4, "a~b", "a~c", "\"a~c\"")));
    answers.add(new Reply(200, linkPage(5, "b~c", "b~d", "null")));

    var all = Pages.all(api, "/links?limit=2", LinkPage.ITEMS, LinkPage.class);

    assertThat(all.value().items())
        .extracting(link -> link.id().toString())
        .containsExactly("a~b", "a~c", "b~c", "b~d");
    assertThat(all.value().revision()).isEqualTo(4);
    assertThat(all.json().has("next")).isFalse();
    assertThat(paths).containsExactly("/links?limit=2", "/links?limit=2&after=a%7Ec");
  }

  private static String linkPage(int revision, String one, String other, String next) {
    return "{\"revision\":%d,\"links\":[%s,%s],\"next\":%s}"
        .formatted(revision, link(one), link(other), next);
  }

  private static String link(String id) {
    String[] ends = id.split("~", -1);
    return "{\"id\":\"%s\",\"edgeA\":\"%s\",\"edgeB\":\"%s\",\"removable\":true,\"tunnels\":[]}"
        .formatted(id, ends[0], ends[1]);
  }
}
