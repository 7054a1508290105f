package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server of the JDK on a free loopback port, which remembers what it was asked. */
final class LocalHttpServer implements AutoCloseable {
  /** What was asked. The path is as it came, still encoded. */
  record Request(String method, String path, String body) {
    String line() {
      return method + " " + path;
    }
  }

  /** What to answer. */
  interface Handler {
    RegistryEndpoint.Answer answer(Request request);
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  LocalHttpServer(Handler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> handle(exchange, handler));
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Request request =
          new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body);
      requests.add(request);
      RegistryEndpoint.Answer answer = handler.answer(request);
      byte[] json = answer.json().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", RegistryEndpoint.MEDIA_TYPE);
      exchange.sendResponseHeaders(answer.status(), json.length);
      exchange.getResponseBody().write(json);
    }
  }
}
