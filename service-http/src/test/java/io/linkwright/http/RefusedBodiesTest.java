package io.linkwright.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.httpapi.RequestBounds;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that sends its whole body before it reads is told why it was refused. */
final class RefusedBodiesTest {
  private static final byte[] TOO_LONG = new byte[2 * RequestBounds.MAX_BODY_BYTES];
  private static final int PIECE_BYTES = TOO_LONG.length / 16;
  private static final int READ_TIMEOUT_MS = 20_000;

  private HttpServer server;

  /** Reads a body, or refuses without a look at it. */
  private static final class Probe implements HttpModule {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.post(
          "/count", context -> context.result("bytes=" + RequestBody.read(context).length));
      config.routes.post(
          "/refuse",
          _ -> {
            throw new ProblemException(Problem.invalid("not like this"));
          });
    }

    @Override
    public Readiness readiness() {
      return Readiness.ready();
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
    server.close();
  }

  @Test
  void tooLongABodyIsAnnounced() throws Exception {
    assertThat(answerTo("/count", announced(), TOO_LONG))
        .startsWith("HTTP/1.1 413")
        .contains("application/problem+json", "REQUEST_TOO_LARGE");
  }

  @Test
  void tooLongABodyIsChunked() throws Exception {
    String size = Integer.toHexString(TOO_LONG.length) + "\r\n";

    assertThat(answerTo("/count", "Transfer-Encoding: chunked\r\n\r\n" + size, chunk()))
        .startsWith("HTTP/1.1 413")
        .contains("application/problem+json", "REQUEST_TOO_LARGE");
  }

  @Test
  void nobodyLooksAtTheBody() throws Exception {
    assertThat(answerTo("/refuse", announced(), TOO_LONG)).startsWith("HTTP/1.1 400");
    assertThat(answerTo("/nowhere", announced(), TOO_LONG)).startsWith("HTTP/1.1 404");
  }

  @Test
  void whoAsksBeforeItSendsIsToldNotTo() throws Exception {
    assertThat(answerTo("/count", "Expect: 100-continue\r\n" + announced(), new byte[0]))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void aConnectionGoesOnAfterARefusal() throws Exception {
    String next = "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    try (Socket socket = connect()) {
      send(socket, head("/refuse", "Content-Length: 3\r\n\r\n") + "abc" + next);
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("HTTP/1.1 200")
          .endsWith("bytes=3");
    }
  }

  private String answerTo(String path, String headers, byte[] body) throws Exception {
    try (Socket socket = connect()) {
      send(socket, head(path, headers));
      sendSlowly(socket.getOutputStream(), body);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** Leaves the server time to close the connection, should it mean to. */
  private static void sendSlowly(OutputStream output, byte[] body)
      throws IOException, InterruptedException {
    for (int sent = 0; sent < body.length; sent += PIECE_BYTES) {
      output.write(body, sent, Math.min(PIECE_BYTES, body.length - sent));
      Thread.sleep(10);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(READ_TIMEOUT_MS);
    return socket;
  }

  private static String head(String path, String headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers;
  }

  private static String announced() {
    return "Content-Length: %d\r\n\r\n".formatted(TOO_LONG.length);
  }

  /** One chunk's data, and the chunk of no length that ends the body. */
  private static byte[] chunk() {
    byte[] end = "\r\n0\r\n\r\n".getBytes(US_ASCII);
    byte[] all = new byte[TOO_LONG.length + end.length];
    System.arraycopy(end, 0, all, TOO_LONG.length, end.length);
    return all;
  }
}
