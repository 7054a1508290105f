package io.linkwright.pusher.connection;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.pusher.delivery.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's side of a connection. Jetty calls it one event at a time and reads on only when a call
 * has returned, so an edge that talks too much is slowed down by TCP.
 *
 * <p>Sending never waits: Jetty queues the frame. The queue is bounded because the session leaves
 * only a few configurations unanswered, and pings end with an edge that does not answer them.
 */
public final class EdgeSocket implements Session.Listener.AutoDemanding, Transport {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeSocket.class);

  /** Longer than the time between pings, so that it ends only a write that does not get on. */
  private static final Duration IDLE_TIMEOUT = ProtocolLimits.PING_INTERVAL.multipliedBy(2);

  private final EdgeId edge;
  private final String address;
  private final Connections connections;
  private final UnfinishedMessage unfinished;

  /** Set before any other event. */
  private Session session;

  private Optional<ConnectedEdge> connection = Optional.empty();

  EdgeSocket(EdgeId edge, String address, Connections connections) {
    this.edge = edge;
    this.address = address;
    this.connections = connections;
    this.unfinished = new UnfinishedMessage(connections.strangers());
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    session.setIdleTimeout(IDLE_TIMEOUT);
    connection = connections.open(edge, address, this);
    connection.ifPresentOrElse(ConnectedEdge::opened, () -> close(CloseReason.NOT_READY));
  }

  @Override
  public void onWebSocketPartialText(String part, boolean last) {
    connection.ifPresent(open -> heard(open, part, UnfinishedMessage.Last.of(last)));
  }

  private void heard(ConnectedEdge open, String part, UnfinishedMessage.Last last) {
    switch (unfinished.add(part, last)) {
      case UnfinishedMessage.Added.Unfinished() -> {}
      case UnfinishedMessage.Added.Finished(String message) -> open.received(message);
      case UnfinishedMessage.Added.TooLong(int allowed) -> open.end(CloseReason.tooLong(allowed));
      case UnfinishedMessage.Added.NoRoom() -> open.end(CloseReason.NOT_READY);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    connection.ifPresent(open -> open.end(CloseReason.protocolError("text messages only")));
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    connection.ifPresent(ConnectedEdge::ponged);
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    unfinished.clear();
    connection.ifPresent(ConnectedEdge::closed);
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // Jetty closes next; what the peer did to its wire is no concern of an operator.
    LOG.debug("edge connection broke edge={} reason={}", edge, cause.toString());
  }

  @Override
  public void send(String text) {
    session.sendText(text, Callback.NOOP);
  }

  @Override
  public void ping() {
    session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
  }

  @Override
  public void trust() {
    unfinished.trust();
  }

  @Override
  public void close(CloseReason reason) {
    session.close(reason.code(), reason.text(), Callback.NOOP);
  }

  @Override
  public void abort() {
    session.disconnect();
  }
}
