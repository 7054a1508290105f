package io.linkwright.agent;

import io.linkwright.domain.text.PlainText;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.ProtocolLimits;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One WebSocket to the server: puts frames together, asks for another message when one is done,
 * sends one after the other. What arrives is passed to the owner's serial executor.
 *
 * <p>A few messages are asked for ahead, and no callback does work: the JDK's client forgets the
 * end of a stream that it meets while nothing is asked for or a callback runs ({@code
 * TransportImpl} throws an InternalError into the void), and the connection would seem alive until
 * the limit of silence.
 *
 * <p>The text in the making belongs to the client's callbacks, which come one at a time; the
 * sending side belongs to the agent.
 */
final class ServerConnection implements WebSocket.Listener {
  private static final int MESSAGES_AHEAD = 4;
  private static final int MAX_UNSENT_MESSAGES = 256;
  private static final long MAX_UNSENT_CHARACTERS = 4L * ProtocolLimits.MAX_MESSAGE_LENGTH;
  private static final int KEPT_CAPACITY = 64 * 1024;
  private static final int MAX_REASON_LENGTH = 123;
  private static final int CLOSE_NORMAL = 1000;
  private static final int CLOSE_TOO_BIG = 1009;

  /** Where things go; each call is a task of the agent's serial executor. */
  interface Owner {
    void opened(ServerConnection connection);

    void received(ServerConnection connection, String text);

    void lost(ServerConnection connection, Ending ending, String reason);
  }

  private final SerialExecutor serial;
  private final Owner owner;
  private final AtomicInteger unsent = new AtomicInteger();
  private final AtomicLong unsentCharacters = new AtomicLong();
  private final long createdNanos = System.nanoTime();
  private volatile long heardNanos = createdNanos;
  private volatile WebSocket socket;

  private StringBuilder partial = new StringBuilder();
  private CompletableFuture<?> lastSent = CompletableFuture.completedFuture(null);

  ServerConnection(SerialExecutor serial, Owner owner) {
    this.serial = serial;
    this.owner = owner;
  }

  /** Time since the connection was begun. */
  long ageNanos() {
    return System.nanoTime() - createdNanos;
  }

  /** Time since the server last gave a sign of life. */
  long silentNanos() {
    return System.nanoTime() - heardNanos;
  }

  /** When the server last gave a sign of life, on the clock of {@link System#nanoTime}. */
  long heardNanos() {
    return heardNanos;
  }

  /** Asks for a sign of life. What comes of it shows in {@link #heardNanos}. */
  void ping() {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed()) {
      var _ = open.sendPing(ByteBuffer.allocate(0));
    }
  }

  /** Sends after what was sent before. A server that does not read is given up. */
  void send(String text) {
    if (unsent.incrementAndGet() > MAX_UNSENT_MESSAGES
        || unsentCharacters.addAndGet(text.length()) > MAX_UNSENT_CHARACTERS) {
      fail(
          "the server does not read: more than %d messages or %d characters are unsent"
              .formatted(MAX_UNSENT_MESSAGES, MAX_UNSENT_CHARACTERS));
      return;
    }
    lastSent =
        lastSent
            .thenCompose(_ -> socket.sendText(text, true))
            .whenComplete(
                (_, failure) -> {
                  unsent.decrementAndGet();
                  unsentCharacters.addAndGet(-text.length());
                  if (failure != null) {
                    fail("sending failed: " + failure);
                  }
                });
  }

  /** Says goodbye and does not wait for the answer. */
  void close() {
    close(CLOSE_NORMAL, "edge stops");
  }

  /** The server said what the protocol does not allow. */
  void closeForProtocolError() {
    close(EdgeConnection.CLOSE_PROTOCOL_ERROR, "protocol error");
  }

  /** Lets go at once; a goodbye that is on its way lets go by itself. */
  void abort() {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed()) {
      open.abort();
    }
  }

  private void close(int code, String reason) {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed()) {
      var _ = open.sendClose(code, reason).whenComplete((_, _) -> open.abort());
    }
  }

  private void fail(String reason) {
    fail(Ending.LOST, reason);
  }

  private void fail(Ending ending, String reason) {
    serial.execute(() -> owner.lost(this, ending, reason));
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    socket = webSocket;
    heard();
    serial.execute(() -> owner.opened(this));
    webSocket.request(MESSAGES_AHEAD);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    heard();
    if (partial.length() + data.length() > ProtocolLimits.MAX_MESSAGE_LENGTH) {
      partial = new StringBuilder();
      close(CLOSE_TOO_BIG, "message too long");
      fail("a message is longer than %d".formatted(ProtocolLimits.MAX_MESSAGE_LENGTH));
      return null;
    }
    partial.append(data);
    if (!last) {
      webSocket.request(1);
      return null;
    }
    String text = takePartial();
    serial.execute(
        () -> {
          owner.received(this, text);
          webSocket.request(1);
        });
    return null;
  }

  private String takePartial() {
    String text = partial.toString();
    if (partial.capacity() > KEPT_CAPACITY) {
      partial = new StringBuilder();
    } else {
      partial.setLength(0);
    }
    return text;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    closeForProtocolError();
    fail("the server sent binary data");
    return null;
  }

  /** The client answers by itself. */
  @Override
  public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    heard();
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    heard();
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    fail(
        Ending.ofClose(statusCode),
        "closed by the server: %d %s%s"
            .formatted(statusCode, PlainText.of(reason, MAX_REASON_LENGTH), advice(statusCode)));
    return null;
  }

  /** For whoever reads it on the device. */
  private static String advice(int statusCode) {
    return switch (statusCode) {
      case EdgeConnection.CLOSE_NO_MEMBERSHIP ->
          "; this device was removed or its keys were revoked, its tunnels are down: to come back,"
              + " run edge join with a new token and --new-keys";
      case EdgeConnection.CLOSE_UNAUTHORIZED ->
          "; the server knows no member with this name and these keys";
      case EdgeConnection.CLOSE_REPLACED ->
          "; another agent has connected as this edge: if it is not this device's own, its keys"
              + " were copied, and an operator should revoke the member";
      default -> "";
    };
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    fail("connection failed: " + error);
  }

  private void heard() {
    heardNanos = System.nanoTime();
  }
}
