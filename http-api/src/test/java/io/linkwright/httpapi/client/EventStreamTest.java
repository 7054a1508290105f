package io.linkwright.httpapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that sends two events and hangs up, as one that is started again does. */
class EventStreamTest {
  private final List<String> lastEventIds = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/changes",
        exchange -> {
          String seen = String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
          lastEventIds.add(seen);
          if (lastEventIds.size() == 2) {
            exchange.sendResponseHeaders(503, -1); // as a server that starts
            exchange.close();
            return;
          }
          long next = seen.equals("null") ? 1 : Long.parseLong(seen) + 1;
          byte[] body =
              "id: %d\ndata: {}\n\nid: %d\ndata: {}\n\ndata: half an ev"
                  .formatted(next, next + 1)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void itGoesOnWhereItStoppedWithoutAGapOrARepetition() {
    List<String> ids = new ArrayList<>();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (LinkwrightApi api = new LinkwrightApi(address)) {
      new EventStream(api, "/changes")
          .follow(
              event -> {
                ids.add(event.id());
                if (ids.size() == 6) {
                  Thread.currentThread().interrupt();
                }
              });
    } catch (ApiException.Interrupted told) {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(ids).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(lastEventIds).containsExactly("null", "2", "2", "4");
  }
}
