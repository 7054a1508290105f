package io.linkwright.pusher.connection;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.pusher.delivery.Change;
import io.linkwright.pusher.delivery.CloseReason;
import io.linkwright.pusher.delivery.EdgeSession;
import io.linkwright.pusher.delivery.Effect;
import io.linkwright.pusher.delivery.GroupReport;
import io.linkwright.pusher.metrics.PusherMetrics;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One edge's connection: passes the session one input at a time and does what it asks for.
 *
 * <p>Thread-safe. Whoever brings an input takes its turn, under a lock that is never held over a
 * wait; changes go through an inbox, so that the feed does not even wait for a turn: it leaves them
 * to whoever has it. There is no thread for an edge.
 */
final class ConnectedEdge {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectedEdge.class);

  private final EdgeId edge;
  private final String connectionId;
  private final Instant connectedAt;
  private final EdgeSession session;
  private final Transport transport;
  private final Connections connections;
  private final PusherMetrics metrics;
  private final Liveness liveness;

  private final Inbox inbox = new Inbox();
  private final ReentrantLock turn = new ReentrantLock();

  /** Guarded by the turn. */
  private boolean ended;

  /** Unanswered configurations as far as they are counted. Guarded by the turn. */
  private int outstandingCounted;

  ConnectedEdge(
      EdgeId edge,
      String connectionId,
      Instant connectedAt,
      EdgeSession session,
      Transport transport,
      Connections connections,
      PusherMetrics metrics) {
    this.edge = edge;
    this.connectionId = connectionId;
    this.connectedAt = connectedAt;
    this.session = session;
    this.transport = transport;
    this.connections = connections;
    this.metrics = metrics;
    this.liveness = new Liveness(System.nanoTime());
  }

  EdgeId edge() {
    return edge;
  }

  /** Sends the challenge. */
  void opened() {
    takeTurn(() -> List.of(session.open()));
  }

  /** The edge sent a text message. */
  void received(String text) {
    long now = System.nanoTime();
    liveness.heard(now);
    try {
      EdgeMessage message = EdgeMessages.readEdge(text);
      takeTurn(() -> session.received(message, now));
    } catch (ProtocolException malformed) {
      end(CloseReason.protocolError(malformed.getMessage()));
    }
  }

  /** The edge answered a ping. */
  void ponged() {
    liveness.heard(System.nanoTime());
  }

  /** Records of this edge are in the store. Never waits. */
  void changed(List<Change> changes) {
    inbox.add(changes);
    deliverInbox();
  }

  /** The store has caught up with the topic. */
  void caughtUp() {
    takeTurn(() -> session.caughtUp(System.nanoTime()));
  }

  /** Time passes. Leaves out a connection that is busy: the next tick is near. */
  void tick(long now) {
    switch (liveness.tick(now)) {
      case NOTHING -> {}
      case PING -> transport.ping();
      case GIVE_UP -> end(CloseReason.NO_SIGN_OF_LIFE);
      case ABORT -> transport.abort();
    }
    if (turn.tryLock()) {
      try {
        perform(() -> session.tick(now));
      } finally {
        turn.unlock();
      }
      deliverInbox();
    }
  }

  /** Ends the connection from this side. */
  void end(CloseReason reason) {
    turn.lock();
    try {
      if (!ended) {
        finish();
        LOG.debug("edge connection ends edge={} code={}", edge, reason.code());
        metrics.closed(reason);
        liveness.closing(System.nanoTime());
        transport.close(reason);
      }
    } finally {
      turn.unlock();
    }
  }

  /** The wire is gone. */
  void closed() {
    turn.lock();
    try {
      finish();
    } finally {
      turn.unlock();
    }
    connections.gone(this);
  }

  /** No input is taken after this. A replaced connection has no last word: the newer one has it. */
  private void finish() {
    if (ended) {
      return;
    }
    ended = true;
    countOutstanding(0);
    List<Effect> last = session.disconnected();
    if (connections.unregister(this)) {
      last.forEach(this::perform);
    }
  }

  private void takeTurn(Supplier<List<Effect>> input) {
    turn.lock();
    try {
      perform(input);
    } finally {
      turn.unlock();
    }
    deliverInbox();
  }

  /** Whoever holds the lock when this gives up comes here when it has released it. */
  private void deliverInbox() {
    while (!inbox.isEmpty() && turn.tryLock()) {
      try {
        perform(() -> session.changed(inbox.takeAll(), System.nanoTime()));
      } finally {
        turn.unlock();
      }
    }
  }

  private void perform(Supplier<List<Effect>> input) {
    if (ended) {
      return;
    }
    try {
      input.get().forEach(this::perform);
      if (!ended) {
        countOutstanding(session.outstanding());
      }
    } catch (RuntimeException failed) {
      LOG.error("edge connection failed edge={}", edge, failed);
      end(CloseReason.FAILED);
    }
  }

  private void countOutstanding(int outstanding) {
    metrics.outstanding(outstanding - outstandingCounted);
    outstandingCounted = outstanding;
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send(ServerMessage message) -> send(message);
      case Effect.Proven() -> prove();
      case Effect.AwaitCatchUp() -> connections.awaitCatchUp(this);
      case Effect.Report(GroupReport report) -> connections.report(status(report));
      case Effect.Accepted accepted -> metrics.accepted(accepted);
      case Effect.Refused(var group, String error) -> {
        metrics.refused();
        LOG.warn("configuration refused edge={} group={} reason={}", edge, group, error);
      }
      case Effect.Close(CloseReason reason) -> end(reason);
    }
  }

  private void send(ServerMessage message) {
    transport.send(EdgeMessages.write(message));
    if (message instanceof ServerMessage.Config config) {
      metrics.sent(config);
    }
  }

  private void prove() {
    transport.trust();
    connections.register(this);
    session.registered(System.nanoTime()).forEach(this::perform);
  }

  private EdgeStatus status(GroupReport report) {
    return new EdgeStatus(
        report.group(),
        edge,
        connectionId,
        connectedAt,
        report.connected(),
        report.acknowledgedRevision(),
        report.lastError(),
        report.tunnels(),
        report.keyChanges(),
        connections.clock().instant());
  }
}
