package io.linkwright.pusher;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An edge's end of a real WebSocket, moved by a test message by message. */
public final class TestEdge implements WebSocket.Listener, AutoCloseable {
  /** Bounds every wait of a test. */
  public static final long DEADLINE_SECONDS = 20;

  /** A message and when its last byte was read. */
  public record Received(ServerMessage message, long atNanos) {}

  private final EdgeId id;
  private final EdgeKeys keys;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final CompletableFuture<String> closeReason = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;
  private volatile boolean reading = true;

  private TestEdge(HttpClient client, int port, EdgeId id, EdgeKeys keys) {
    this.id = id;
    this.keys = keys;
    URI uri = URI.create("ws://127.0.0.1:" + port + EdgeConnection.path(id));
    this.socket =
        client
            .newWebSocketBuilder()
            .subprotocols(EdgeConnection.SUBPROTOCOL)
            .buildAsync(uri, this)
            .join();
  }

  /** Opens the WebSocket and says nothing yet. */
  public static TestEdge open(HttpClient client, int port, EdgeId id, EdgeKeys keys) {
    return new TestEdge(client, port, id, keys);
  }

  /** Says hello to the challenge. */
  public TestEdge hello(Map<GroupId, Have> have) throws InterruptedException {
    Challenge challenge = (Challenge) next().message();
    send(EdgeMessage.Hello.of(keys.signChallenge(id, challenge.nonce()), have));
    return this;
  }

  /** Signs something else than the challenge. */
  public TestEdge wrongHello() throws InterruptedException {
    next();
    send(EdgeMessage.Hello.of(keys.signChallenge(id, "another-challenge-altogether"), Map.of()));
    return this;
  }

  /** The next message; fails if none comes. */
  public Received next() throws InterruptedException {
    Received message = received.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message for " + id);
    }
    return message;
  }

  /** The next message, a configuration. */
  public Config nextConfig() throws InterruptedException {
    return (Config) next().message();
  }

  /** Waits a moment for a message that should not come. */
  public boolean isQuiet(long ms) throws InterruptedException {
    return received.poll(ms, TimeUnit.MILLISECONDS) == null;
  }

  /** Acknowledges. */
  public void ack(Config config) {
    send(new EdgeMessage.Ack(config.nonce(), config.group(), config.revision()));
  }

  /** Sends a message. */
  public void send(EdgeMessage message) {
    sendText(EdgeMessages.write(message));
  }

  /** Sends anything. */
  public void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends what the server may hang up on before it is through. */
  public void trySendText(String text) {
    socket.sendText(text, true).handle((_, _) -> text).join();
  }

  /** Sends what the protocol has no use for. */
  public void sendBinary() {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
  }

  /** Reads nothing more from the wire. */
  public void stopReading() {
    reading = false;
  }

  /** Reads on. */
  public void readOn() {
    reading = true;
    socket.request(1);
  }

  /** The server's close code. */
  public int closeCode() throws Exception {
    return closeCode.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** The server's close reason. */
  public String closeReason() throws Exception {
    return closeReason.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      try {
        received.add(new Received(EdgeMessages.readServer(partial.toString()), System.nanoTime()));
      } catch (ProtocolException malformed) {
        closeCode.completeExceptionally(malformed);
      }
      partial.setLength(0);
    }
    if (reading) {
      webSocket.request(1);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closeCode.complete(statusCode);
    closeReason.complete(reason);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closeCode.completeExceptionally(error);
    closeReason.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
