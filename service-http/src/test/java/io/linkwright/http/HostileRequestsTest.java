package io.linkwright.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.linkwright.http.access.Access;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that no client of good will sends: each is refused with a problem, none is a fault. */
final class HostileRequestsTest {
  private static final int READ_TIMEOUT_MS = 20_000;
  private static final String HOST = "\r\nHost: localhost\r\n";
  private static final String HANDSHAKE =
      String.join(
          "\r\n",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger deleted = new AtomicInteger();
  private HttpServer server;

  /** Reads no parameter, and has something to lose. */
  private final class Probe implements HttpModule {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.before("/things*", _ -> {});
      config.routes.get("/things/{id}", context -> context.result("it is there"), Access.ANYONE);
      config.routes.delete("/things/{id}", _ -> deleted.incrementAndGet(), Access.ANYONE);
      config.routes.post(
          "/things/{id}",
          context -> context.result("bytes=" + RequestBody.read(context).length),
          Access.ANYONE);
      config.routes.ws("/socket/{id}", _ -> {}, Access.ANYONE);
      config.routes.wsBeforeUpgrade(
          "/socket/{id}",
          context -> {
            if (context.pathParam("id").equals("refused")) {
              throw new ProblemException(Problem.invalid("id", "not this one"));
            }
          });
    }
  }

  @BeforeEach
  void start() {
    server = HttpServer.start(new HttpServerConfig("127.0.0.1", 0), metrics, List.of(new Probe()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatCannotBeReadIsRefusedOnEveryRoute() throws Exception {
    for (String target :
        List.of(
            "/things/a?x=true%",
            "/livez?x=%",
            "/readyz?a=1&a=2",
            "/metrics?%zz=1",
            "/nowhere?=1",
            "/things/a?x=%00",
            "/things/a?x=a;b",
            "/things/%u0041",
            "/things/%",
            "/things/%zz",
            "/things/%ff",
            "/things/%C0%AF",
            "/things/a%2Fb",
            "/things/a/%2e%2e/b",
            "/things/a\\b",
            "/things/<script>",
            "/things/a?x=\"",
            "//things/a")) {
      assertProblem(exchange("GET " + target + " HTTP/1.1" + HOST + close()), 400);
      assertProblem(exchange("DELETE " + target + " HTTP/1.1" + HOST + close()), 400);
      assertThat(deleted).hasValue(0);
    }
  }

  @Test
  void theMethodIsTheOneOfTheRequestLine() throws Exception {
    for (String header : List.of("X-HTTP-Method-Override", "x-http-method-override")) {
      String answer = exchange("GET /things/a HTTP/1.1" + HOST + header + ": DELETE\r\n" + close());

      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("it is there");
      assertThat(deleted).hasValue(0);
    }
  }

  @Test
  void anUnknownMethodIsNotAllowedAndMakesNoSeries() throws Exception {
    for (String method :
        List.of("FOO", "delete", "BEFORE", "AFTER", "AFTER_MATCHED", "PROPFIND", "QUERY")) {
      String answer = exchange(method + " /things/a HTTP/1.1" + HOST + close());

      assertProblem(answer, 405);
      assertThat(answer).contains("Allow: ");
      assertThat(metrics.find("linkwright.http.requests").timers())
          .extracting(HostileRequestsTest::method)
          .containsOnly("UNKNOWN");
    }
  }

  /** Clients leave when they like: that is no failure of the service, and counts as none. */
  @Test
  void aHandshakeWhoseClientHasLeftIsNoFault() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoLinger(true, 0);
        socket
            .getOutputStream()
            .write(("GET /socket/1 HTTP/1.1" + HOST + HANDSHAKE + "\r\n").getBytes(ISO_8859_1));
      }
    }
    exchange("GET /things/1 HTTP/1.1" + HOST + close());

    assertThat(metrics.find("linkwright.http.requests").timers())
        .extracting(timer -> timer.getId().getTag("status"))
        .doesNotContain("500");
  }

  private static String method(Timer timer) {
    return timer.getId().getTag("method");
  }

  @Test
  void codingsAndCharsetsThatNobodyDecodesAreRefused() throws Exception {
    for (String header :
        List.of(
            "Content-Encoding: gzip",
            "Content-Encoding: identity, br",
            "Content-Type: application/json; charset=iso-8859-1",
            "Content-Type: application/json;charset=\"UTF-16\"",
            "Content-Type: application/json; charset",
            "Content-Type: application/json; charset=utf-8; charset=latin1",
            "Content-Type: text/plain\r\nContent-Type: application/json")) {
      assertProblem(
          exchange(
              "POST /things/a HTTP/1.1"
                  + HOST
                  + header
                  + "\r\nContent-Length: 2\r\n"
                  + close()
                  + "{}"),
          415);
    }
  }

  @Test
  void utf8IsTaken() throws Exception {
    for (String header :
        List.of(
            "Content-Type: application/json; charset=UTF-8",
            "Content-Type: application/json;charset=\"utf-8\"",
            "Content-Encoding: identity",
            "X-Any: thing")) {
      assertThat(
              exchange(
                  "POST /things/a HTTP/1.1"
                      + HOST
                      + header
                      + "\r\nContent-Length: 2\r\n"
                      + close()
                      + "{}"))
          .startsWith("HTTP/1.1 200")
          .endsWith("bytes=2");
    }
  }

  @Test
  void whatIsNotHttpIsRefusedWithAProblemWhateverTheMethod() throws Exception {
    for (String method : List.of("GET", "DELETE", "PATCH", "FOO")) {
      assertProblem(exchange(method + " /things/a HTTP/1.1\r\n\r\n"), 400);
      assertProblem(exchange(method + " /things/a HTTP/1.1\r\nHost: a b\r\n\r\n"), 400);
      assertProblem(exchange(method + " /things/a HTTP/1.1" + HOST + "Host: y\r\n\r\n"), 400);
      assertProblem(exchange(method + " /things/a HTTP/1.1" + HOST + "A\0: b\r\n\r\n"), 400);
      assertProblem(exchange(method + " /things/a HTTP/1.1" + HOST + "A: b\1c\r\n\r\n"), 400);
      assertProblem(exchange(method + " /things/a HTTP/1.1" + HOST + " folded: b\r\n\r\n"), 400);
      assertProblem(exchange(method + " /things/a HTTP/7.3" + HOST + "\r\n"), 505);
      assertProblem(exchange(method + " /things/\0 HTTP/1.1" + HOST + "\r\n"), 400);
      assertProblem(
          exchange(method + " /" + "x".repeat(20_000) + " HTTP/1.1" + HOST + "\r\n"), 414);
      assertProblem(
          exchange(method + " /things/a HTTP/1.1" + HOST + "A: " + "x".repeat(20_000) + "\r\n\r\n"),
          431);
      assertProblem(
          exchange(method + " /things/a HTTP/1.1" + HOST + "Expect: a-miracle\r\n\r\n"), 417);
      assertProblem(
          exchange(method + " /things/a HTTP/1.1" + HOST + "Content-Length: -1\r\n\r\n"), 400);
      assertProblem(
          exchange(
              method
                  + " /things/a HTTP/1.1"
                  + HOST
                  + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
          400);
      assertProblem(
          exchange(
              method
                  + " /things/a HTTP/1.1"
                  + HOST
                  + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
          400);
      assertProblem(
          exchange(
              method + " /things/a HTTP/1.1" + HOST + "Transfer-Encoding: chunked, gzip\r\n\r\n"),
          400);
      assertProblem(
          exchange(
              method
                  + " /things/a HTTP/1.1"
                  + HOST
                  + "Transfer-Encoding: gzip, chunked\r\n"
                  + close()
                  + "0\r\n\r\n"),
          415);
    }
    assertProblem(exchange("\0\1\2\3 nothing like it\r\n\r\n"), 400);
    assertProblem(exchange("CONNECT elsewhere:443 HTTP/1.1" + HOST + close()), 400);
    assertProblem(
        exchange("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n" + close()), 404);
    assertProblem(exchange("OPTIONS * HTTP/1.1" + HOST + close()), 404);
    assertProblem(exchange("TRACE /things/a HTTP/1.1" + HOST + close()), 405);
  }

  @Test
  void aHeadThatIsRefusedHasNoBody() throws Exception {
    for (String request :
        List.of(
            "HEAD /things/a?x=% HTTP/1.1" + HOST + close(),
            "HEAD /nowhere HTTP/1.1" + HOST + close(),
            "HEAD /things/%zz HTTP/1.1" + HOST + close(),
            "HEAD /things/a HTTP/1.1" + HOST + "A: " + "x".repeat(20_000) + "\r\n\r\n",
            "HEAD /things/a HTTP/1.1" + HOST + "Expect: a-miracle\r\n\r\n")) {
      String answer = exchange(request);

      assertThat(answer)
          .as(request.substring(0, 20))
          .startsWith("HTTP/1.1 4")
          .contains("problem+json")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void bodiesThatAreNotAsAnnouncedAreRefused() throws Exception {
    String post = "POST /things/a HTTP/1.1" + HOST;

    assertProblem(exchange(post + "Content-Length: 10\r\n\r\nabc"), 400);
    assertProblem(exchange(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"), 400);
    assertProblem(exchange(post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n"), 400);
    assertProblem(exchange(post + "Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\nab"), 400);
  }

  @Test
  void garbageBehindABodyIsAnsweredByItself() throws Exception {
    String request = "POST /things/a HTTP/1.1" + HOST + "Content-Length: 2\r\n\r\n{}";
    try (Socket socket = connect()) {
      socket.getOutputStream().write((request + "no request at all\r\n\r\n").getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 200")
          .contains("bytes=2", "HTTP/1.1 400", "INVALID");
    }
  }

  @Test
  void handshakesThatAreRefusedAreProblemsAndMakeNoSession() throws Exception {
    assertProblem(exchange("GET /nowhere HTTP/1.1" + HOST + HANDSHAKE + close()), 404);
    assertProblem(exchange("GET /things/a?x=% HTTP/1.1" + HOST + HANDSHAKE + "\r\n"), 400);
    assertProblem(exchange("GET /socket/refused HTTP/1.1" + HOST + HANDSHAKE + "\r\n"), 400);
    assertProblem(exchange("POST /socket/a HTTP/1.1" + HOST + HANDSHAKE + close()), 404);
    assertProblem(
        exchange("GET /socket/a HTTP/1.1" + HOST + HANDSHAKE.replace("13", "7") + close()), 426);
    assertProblem(
        exchange("GET /socket/a HTTP/1.1" + HOST + "Sec-WebSocket-Version: 13\r\n" + close()), 404);
  }

  @Test
  void aHandshakeSetsNoCookie() throws Exception {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(("GET /socket/a HTTP/1.1" + HOST + HANDSHAKE + "\r\n").getBytes(ISO_8859_1));
      byte[] head = socket.getInputStream().readNBytes(100);

      assertThat(new String(head, UTF_8)).startsWith("HTTP/1.1 101");
      assertThat(new String(head, UTF_8).toLowerCase(Locale.ROOT)).doesNotContain("set-cookie");
    }
  }

  /** Sends, says that there is no more, and reads until the server closes. */
  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String close() {
    return "Connection: close\r\n\r\n";
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(READ_TIMEOUT_MS);
    return socket;
  }

  private static void assertProblem(String answer, int status) throws IOException {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("Content-Type: application/problem+json");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .doesNotContain("set-cookie", "jetty", "javalin", "java.", "exception");
    JsonNode body = Json.mapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(body.path("status").intValue()).isEqualTo(status);
    assertThat(body.path("code").textValue()).isNotBlank();
    assertThat(body.path("detail").textValue()).isNotBlank();
  }
}
