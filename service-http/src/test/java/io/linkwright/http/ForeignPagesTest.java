package io.linkwright.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.access.Access;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser sends for a web page of somebody else, to a server on the loopback. */
final class ForeignPagesTest {
  private static final int READ_TIMEOUT_MS = 20_000;
  private static final String PUBLIC_URL = "https://linkwright.example";
  private static final String HANDSHAKE =
      String.join(
          "\r\n",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private final AtomicInteger changes = new AtomicInteger();
  private HttpServer server;

  private final class Probe implements HttpModule {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.get("/things", context -> context.result("it is there"), Access.ANYONE);
      config.routes.post("/things", _ -> changes.incrementAndGet(), Access.ANYONE);
      config.routes.delete("/things", _ -> changes.incrementAndGet(), Access.ANYONE);
      config.routes.ws("/socket", _ -> {}, Access.ANYONE);
    }
  }

  @BeforeEach
  void start() {
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0).withPublicUrls(List.of(URI.create(PUBLIC_URL))),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List.of(new Probe()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.1",
        "[2001:db8::1]:8080",
        "0x7f000001",
        "x"
      })
  void aNameThatIsNotOursReachesNothing(String host) throws Exception {
    for (String request :
        List.of("GET /things", "GET /metrics", "GET /readyz", "GET /nowhere", "POST /things")) {
      assertThat(answer(request, host, "")).startsWith("HTTP/1.1 421").contains("MISDIRECTED");
    }
    assertThat(answer("GET /socket", host, HANDSHAKE)).startsWith("HTTP/1.1 421");
    assertThat(changes).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "localhost.",
        "127.0.0.1:8080",
        "127.1.2.3",
        "[::1]:8080",
        "linkwright.example"
      })
  void ownNamesAreAnswered(String host) throws Exception {
    assertThat(answer("GET /things", host, "")).startsWith("HTTP/1.1 200");
    assertThat(answer("POST /things", host, "")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://localhost:9999",
        "Origin: http://127.0.0.1",
        "Origin: localhost",
        "Origin: http://localhost.evil.example",
        "Origin: https://linkwright.example.evil.example",
        "Origin: %%%",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: something-new"
      })
  void aForeignPageCommandsNothingAndOpensNoSocket(String header) throws Exception {
    for (String request : List.of("POST /things", "DELETE /things", "PATCH /things")) {
      assertThat(answer(request, "localhost:8080", header + "\r\n"))
          .startsWith("HTTP/1.1 403")
          .contains("FOREIGN_ORIGIN");
    }
    assertThat(answer("GET /socket", "localhost:8080", header + "\r\n" + HANDSHAKE))
        .startsWith("HTTP/1.1 403");
    assertThat(changes).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://localhost:8080",
        "Origin: https://localhost:8080",
        "Origin: https://linkwright.example",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "X-Any: thing"
      })
  void aPageOfOursCommands(String header) throws Exception {
    assertThat(answer("POST /things", "localhost:8080", header + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(changes).hasValue(1);
  }

  /** Where a link leads a browser from anywhere, it may go; what is there it cannot read. */
  @Test
  void aLinkFromAForeignPageLeadsHere() throws Exception {
    assertThat(answer("GET /things", "localhost", "Sec-Fetch-Site: cross-site\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void theDefaultPortIsTheOneThatIsNotNamed() throws Exception {
    assertThat(answer("POST /things", "localhost", "Origin: http://localhost\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(answer("POST /things", "localhost:80", "Origin: http://localhost\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(answer("POST /things", "localhost", "Origin: http://localhost:81\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  private String answer(String request, String host, String headers) throws IOException {
    String text =
        request
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + (headers.contains("Upgrade") ? "Connection: Upgrade" : "Connection: close")
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(READ_TIMEOUT_MS);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
