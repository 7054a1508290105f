package io.linkwright.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.linkwright.http.access.Access;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as a client sees it, over real sockets. */
final class HttpServerTest {
  private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.ready());
  private final CountDownLatch slowStarted = new CountDownLatch(1);
  private final CountDownLatch slowMayEnd = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  /** Echoes a body, fails, and takes its time. */
  private final class Probe implements HttpModule {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.post(
          "/echo/{id}:twice",
          context -> context.result(context.pathParam("id").repeat(2)),
          Access.ANYONE);
      config.routes.post(
          "/echo/{id}",
          context -> {
            JsonBody body = JsonBody.of(context, RequestBody.read(context));
            String word = body.string("word");
            body.done();
            Answers.json(context, 200, Json.mapper().createObjectNode().put("word", word));
          },
          Access.ANYONE);
      config.routes.get(
          "/fail",
          _ -> {
            throw new IllegalStateException("a fault with details that stay inside");
          },
          Access.ANYONE);
      config.routes.get(
          "/fail-badly",
          _ -> {
            throw new StackOverflowError("deep");
          },
          Access.ANYONE);
      config.routes.get(
          "/busy",
          _ -> {
            throw new ProblemException(Problem.notReady("soon", Duration.ofMillis(1_200)));
          },
          Access.ANYONE);
      config.routes.get(
          "/slow",
          context -> {
            slowStarted.countDown();
            slowMayEnd.await();
            context.result("done");
          },
          Access.ANYONE);
    }

    @Override
    public Readiness readiness() {
      return readiness.get();
    }

    @Override
    public void serverStopping() {
      slowMayEnd.countDown();
    }
  }

  @BeforeEach
  void start() {
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List.of(new Probe()));
  }

  @AfterEach
  void stop() {
    slowMayEnd.countDown();
    server.close();
    client.close();
  }

  @Test
  void answersWhatItIsAsked() throws Exception {
    HttpResponse<String> answer = post("/echo/a", "{\"word\": \"tunnel\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).isEqualTo("{\"word\":\"tunnel\"}");
  }

  @Test
  void routesAColonAfterAParameter() throws Exception {
    assertThat(post("/echo/ab:twice", "").body()).isEqualTo("abab");
  }

  @Test
  void answersUnknownPathsAndMethodsWithProblems() throws Exception {
    assertProblem(get("/nowhere"), 404, "NOT_FOUND");
    HttpResponse<String> wrongMethod = get("/echo/a");
    assertProblem(wrongMethod, 405, "METHOD_NOT_ALLOWED");
    assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void keepsTheCauseOfAFaultToItself() throws Exception {
    assertProblem(get("/fail"), 500, "INTERNAL_ERROR");
    assertThat(get("/fail").body()).doesNotContain("inside");
    assertProblem(get("/fail-badly"), 500, "INTERNAL_ERROR");
  }

  @Test
  void saysWhenToTryAgainInWholeSeconds() throws Exception {
    HttpResponse<String> answer = get("/busy");

    assertProblem(answer, 503, "NOT_READY");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
  }

  @Test
  void answersWhatIsNotHttpWithAProblem() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      socket.shutdownOutput();

      assertThat(read(socket)).startsWith("HTTP/1.1 400").contains("problem+json", "INVALID");
    }
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    HttpRequest request = request("/livez").header("X-Long", "x".repeat(20_000)).build();

    assertProblem(client.send(request, BodyHandlers.ofString()), 431, "REQUEST_TOO_LARGE");
  }

  @Test
  void isAliveAndReadyWhenItsModulesAre() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body())
        .isEqualTo("{\"ready\":true,\"modules\":{\"probe\":{\"ready\":true}}}");

    readiness.set(Readiness.notReady("replaying"));

    HttpResponse<String> notReady = get("/readyz");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).contains("\"reason\":\"replaying\"");
  }

  @Test
  void aBodySaysThatItIsJson() throws Exception {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "json", "*/*")) {
      HttpResponse<String> refused =
          client.send(
              request("/echo/a")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{\"word\": \"a\"}"))
                  .build(),
              BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(415);
      assertThat(refused.body()).contains("UNSUPPORTED_MEDIA_TYPE", "application/json");
    }
  }

  @Test
  void aHeadIsAnsweredAsTheGetWouldBe() throws Exception {
    HttpRequest.Builder busy = request("/busy").HEAD();

    HttpResponse<String> answer = client.send(busy.build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void countsRequestsByRouteAndNotByPath() throws Exception {
    post("/echo/one", "{\"word\": \"a\"}");
    post("/echo/two", "{\"word\": \"a\"}");
    get("/nowhere");

    assertThat(get("/metrics").body())
        .contains(
            "linkwright_http_requests_seconds_count"
                + "{method=\"POST\",route=\"/echo/{id}\",status=\"200\"} 2")
        .contains("route=\"unmatched\",status=\"404\"");
  }

  @Test
  void finishesRequestsInFlightBeforeItStops() throws Exception {
    Future<HttpResponse<String>> slow =
        client.sendAsync(request("/slow").build(), BodyHandlers.ofString());
    assertThat(slowStarted.await(10, TimeUnit.SECONDS)).isTrue();

    server.close();

    assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private static String read(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    try (InputStream stream = socket.getInputStream()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode body = Json.mapper().readTree(answer.body());
    assertThat(body.path("status").intValue()).isEqualTo(status);
    assertThat(body.path("code").textValue()).isEqualTo(code);
    assertThat(body.path("title").textValue()).isNotBlank();
    assertThat(body.path("detail").textValue()).isNotBlank();
  }
}
