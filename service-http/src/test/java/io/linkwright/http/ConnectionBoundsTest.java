package io.linkwright.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.access.Access;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one client opens, or sends slowly, leaves room for the others. */
final class ConnectionBoundsTest {
  private static final int READ_TIMEOUT_MS = 30_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String GREEDY = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";
  private static final String GET =
      "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Socket> sockets = new ArrayList<>();
  private HttpServer server;

  private static final class Probe implements HttpModule {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.post(
          "/count",
          context -> context.result("bytes=" + RequestBody.read(context).length),
          Access.ANYONE);
    }
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void twoThousandIdleSocketsOfOneAddressDoNotLockOutAnother() throws Exception {
    start(HttpLimits.DEFAULT);
    for (int i = 0; i < 2_000; i++) {
      connect(GREEDY);
    }
    await(() -> connections() == 2_000);

    assertThat(answerTo(connect(OTHER), GET)).startsWith("HTTP/1.1 200");
    assertThat(read(connect(GREEDY)))
        .startsWith("HTTP/1.1 503")
        .contains("application/problem+json", "NOT_READY");
    assertThat(refused("address")).isEqualTo(1);
  }

  @Test
  void aClosedConnectionMakesRoom() throws Exception {
    start(limits(10, 2));
    Socket first = connect(GREEDY);
    connect(GREEDY);
    await(() -> connections() == 2);
    assertThat(read(connect(GREEDY))).startsWith("HTTP/1.1 503");

    first.close();
    await(() -> connections() == 1);

    assertThat(answerTo(connect(GREEDY), GET)).startsWith("HTTP/1.1 200");
  }

  @Test
  void noMoreThanAllAreTaken() throws Exception {
    start(limits(2, 2));
    connect(GREEDY);
    connect(GREEDY);
    await(() -> connections() == 2);

    assertThat(read(connect(OTHER))).startsWith("HTTP/1.1 503");
    assertThat(refused("all")).isEqualTo(1);
  }

  @Test
  void aHeadThatDoesNotGetOnIsEnded() throws Exception {
    start(limits(10, 10));
    Socket slow = connect(GREEDY);
    slow.getOutputStream().write("GET /livez HTTP/1.1\r\nHo".getBytes(US_ASCII));

    assertThat(read(slow)).startsWith("HTTP/1.1 408").contains("REQUEST_TOO_SLOW");
    await(() -> connections() == 0);
  }

  @Test
  void anIdleConnectionBetweenRequestsStays() throws Exception {
    start(limits(10, 10));
    Socket idle = connect(GREEDY);
    String kept = GET.replace("Connection: close\r\n", "");
    idle.getOutputStream().write(kept.getBytes(US_ASCII));
    assertThat(new String(idle.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
    Thread.sleep(Duration.ofSeconds(4));

    assertThat(answerTo(idle, GET)).contains("HTTP/1.1 200");
  }

  @Test
  void aBodyThatDripsIsEnded() throws Exception {
    start(limits(10, 10));
    Socket slow = connect(GREEDY);
    slow.getOutputStream()
        .write(
            "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                .getBytes(US_ASCII));
    Thread drip =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      slow.getOutputStream().write('x');
                      Thread.sleep(100);
                    }
                    slow.shutdownOutput();
                  } catch (IOException | InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                });

    assertThat(read(slow)).startsWith("HTTP/1.1 408").contains("REQUEST_TOO_SLOW");
    drip.interrupt();
  }

  private static HttpLimits limits(int inAll, int ofOne) {
    return new HttpLimits(inAll, ofOne, Duration.ofSeconds(2), Duration.ofSeconds(2), 4_096);
  }

  private void start(HttpLimits limits) {
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0).withLimits(limits), metrics, List.of(new Probe()));
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setSoTimeout(READ_TIMEOUT_MS);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return socket;
  }

  private int connections() {
    return (int) metrics.get("linkwright.http.connections").gauge().value();
  }

  private int refused(String bound) {
    return (int)
        metrics.get("linkwright.http.connections.refused").tag("bound", bound).counter().count();
  }

  private static String answerTo(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return read(socket);
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      Thread.sleep(10);
    }
  }
}
