package io.linkwright.agent;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsContext;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.ChallengeProof;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;

/** A real WebSocket server that says what a test tells it to and remembers what edges say. */
final class TestServer implements AutoCloseable {
  static final String NONCE = "a-challenge-of-the-test-server";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LOWEST_PORT = 15_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int MAX_PORTS_TRIED = 20;

  private final Javalin app;
  private final Map<String, WsContext> connected = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<EdgeMessage>> said = new ConcurrentHashMap<>();
  private final BlockingQueue<String> closes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> renewals = new LinkedBlockingQueue<>();
  private volatile int answer = 200;
  private volatile boolean silent;

  private TestServer(int port) {
    app =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.post(
                      "/v1/groups/{group}/members/{edge}:renew",
                      context -> {
                        renewals.add(context.body());
                        context.status(answer).result("{}");
                      });
                  config.routes.ws(
                      "/v1/edges/{edge}/connect",
                      socket -> {
                        socket.onConnect(
                            context -> {
                              String edge = context.pathParam("edge");
                              connected.put(edge, context);
                              if (!silent) {
                                context.send(
                                    EdgeMessages.write(new ServerMessage.Challenge(NONCE)));
                              }
                            });
                        socket.onMessage(
                            context -> heard(context.pathParam("edge"), context.message()));
                        socket.onClose(
                            context -> {
                              connected.remove(context.pathParam("edge"), context);
                              closes.add(context.status() + " " + context.pathParam("edge"));
                            });
                      });
                })
            .start("127.0.0.1", port);
  }

  /**
   * At a port below those that systems give to outgoing connections (from 32,768 on Linux). An
   * agent that keeps trying a port above, where nobody listens any more, is given the same port for
   * its own end sooner or later, and is then connected to itself.
   */
  static TestServer start() {
    for (int attempt = 1; ; attempt++) {
      try {
        return startAt(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
      } catch (JavalinBindException taken) {
        if (attempt == MAX_PORTS_TRIED) {
          throw taken;
        }
      }
    }
  }

  static TestServer startAt(int port) {
    return new TestServer(port);
  }

  int port() {
    return app.port();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + port());
  }

  /** Answers requests for new keys so from now on. */
  void answerRenewals(int status) {
    answer = status;
  }

  /** The next request for new keys. */
  String nextRenewal() throws InterruptedException {
    String body = renewals.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    if (body == null) {
      throw new AssertionError("nobody asked for new keys");
    }
    return body;
  }

  /** Requests for new keys that nobody has looked at. */
  int renewalsLeft() {
    return renewals.size();
  }

  /** Stops greeting those who connect. */
  void fallSilent() {
    silent = true;
  }

  void send(EdgeId edge, ServerMessage message) {
    sendText(edge, EdgeMessages.write(message));
  }

  void sendText(EdgeId edge, String text) {
    connected.get(edge.value()).send(text);
  }

  /** One message in several frames. */
  void sendInParts(EdgeId edge, ServerMessage message, int parts) {
    String text = EdgeMessages.write(message);
    int length = text.length() / parts + 1;
    for (int from = 0; from < text.length(); from += length) {
      int to = Math.min(text.length(), from + length);
      connected
          .get(edge.value())
          .session
          .sendPartialText(text.substring(from, to), to == text.length(), Callback.NOOP);
    }
  }

  void disconnect(EdgeId edge, int code) {
    disconnect(edge, code, "test");
  }

  void disconnect(EdgeId edge, int code, String reason) {
    connected.get(edge.value()).closeSession(code, reason);
  }

  /** What the edge says next that is of this type; status reports in between are passed over. */
  <T extends EdgeMessage> T next(EdgeId edge, Class<T> type) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      EdgeMessage message =
          queue(edge.value()).poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("%s did not say %s".formatted(edge, type.getSimpleName()));
      }
      if (type.isInstance(message)) {
        return type.cast(message);
      }
      if (!(message instanceof EdgeMessage.Status)) {
        throw new AssertionError("%s said %s".formatted(edge, message));
      }
    }
  }

  /** The code and edge of the next connection that ends. */
  String nextClose() throws InterruptedException {
    String close = closes.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    if (close == null) {
      throw new AssertionError("no connection ended");
    }
    return close;
  }

  static boolean isProven(TestController controller, EdgeId edge, EdgeMessage.Hello hello) {
    return ChallengeProof.verifies(
        controller.keysOf(edge).publicKeys().identity(), edge, NONCE, hello.signature());
  }

  private void heard(String edge, String text) {
    try {
      queue(edge).add(EdgeMessages.readEdge(text));
    } catch (ProtocolException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private BlockingQueue<EdgeMessage> queue(String edge) {
    return said.computeIfAbsent(edge, _ -> new LinkedBlockingQueue<>());
  }

  @Override
  public void close() {
    app.stop();
  }
}
