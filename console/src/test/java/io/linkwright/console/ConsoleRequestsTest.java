package io.linkwright.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.api.Services;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser, or somebody else, asks of the console while its services are away. */
final class ConsoleRequestsTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private ConsoleModule console;
  private HttpServer server;

  @BeforeEach
  void start() {
    console =
        new ConsoleModule(
            new Services(NOBODY, NOBODY),
            Optional.empty(),
            new ConsoleAccess.AsItself(Optional.empty()));
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List.of(console));
  }

  @AfterEach
  void stop() {
    server.close();
    console.close();
  }

  @Test
  void anAddressThatCannotBeReadIsRefused() throws Exception {
    for (String target :
        List.of(
            "/console?after=%",
            "/console?after=a&after=b",
            "/console/groups/west?edge=%ff",
            "/console/groups/west/activity?who=%00",
            "/console/groups/%u0041",
            "/console/live?seen=%zz")) {
      assertThat(answerTo("GET " + target, "")).as(target).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void anAddressWithNothingBehindTheQuestionMarkIsOne() throws Exception {
    assertThat(answerTo("GET /console?", "")).startsWith("HTTP/1.1 503").contains("text/html");
  }

  @Test
  void aFormThatCannotBeReadIsRefused() throws Exception {
    for (String form : List.of("csrf=%", "id=a&id=b", "name=%ff", "name=%00", "=x")) {
      assertThat(answerTo("POST /console/create-group", form)).as(form).startsWith("HTTP/1.1 4");
      assertThat(answerTo("POST /console/create-group", form))
          .as(form)
          .contains("problem+json", "INVALID_REQUEST");
    }
  }

  private String answerTo(String request, String body) throws IOException {
    String head =
        " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write((request + head + body).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
