package io.linkwright.pusher.connection;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One edge's connection: passes the session one input at a time and does what it asks for.
 *
 * <p>Thread-safe. There is no thread for an edge: a thread with an input takes a turn, under a lock
 * that is never held over a wait. The feed, the ticker and another connection of the edge never
 * wait for a turn: they leave a change, or the wish that the connection ends, to the thread that
 * has it, which looks for such work each time it gives the turn up.
 */
final class ConnectedEdge {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectedEdge.class);

  /** A turn takes milliseconds. One that lasts this long will not end by itself. */
  static final Duration STUCK_AFTER = Duration.ofSeconds(30);

  private final EdgeId edge;
  private final String address;
  private final String connectionId;
  private final Instant connectedAt;
  private final EdgeSession session;
  private final Transport transport;
  private final Connections connections;
  private final PusherMetrics metrics;
  private final SignsOfLife signs;

  private final Inbox inbox = new Inbox();
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicReference<CloseReason> endAs = new AtomicReference<>();

  private final AtomicBoolean stranger = new AtomicBoolean(true);

  /** Whether the wire is gone. */
  private volatile boolean cut;

  /** No input is taken any more. Written in a turn. */
  private volatile boolean ended;

  /** When the turn that is taken began. Written in a turn. */
  private volatile long turnBegan;

  /** Unanswered configurations as far as they are counted. Guarded by the turn. */
  private int outstandingCounted;

  ConnectedEdge(
      EdgeId edge,
      String address,
      String connectionId,
      Instant connectedAt,
      EdgeSession session,
      Transport transport,
      Connections connections,
      PusherMetrics metrics) {
    this.edge = edge;
    this.address = address;
    this.connectionId = connectionId;
    this.connectedAt = connectedAt;
    this.session = session;
    this.transport = transport;
    this.connections = connections;
    this.metrics = metrics;
    this.signs = new SignsOfLife(System.nanoTime());
  }

  EdgeId edge() {
    return edge;
  }

  String connectionId() {
    return connectionId;
  }

  boolean isEnded() {
    return ended;
  }

  /** Sends the challenge. */
  void opened() {
    takeTurn(() -> List.of(session.open()));
  }

  /** The edge sent a text message. */
  void received(String text) {
    long now = System.nanoTime();
    signs.heard(now);
    try {
      EdgeMessage message = EdgeMessages.readEdge(text);
      takeTurn(() -> session.received(message, now));
    } catch (ProtocolException malformed) {
      end(CloseReason.protocolError(malformed.getMessage()));
    }
  }

  /** The edge answered a ping. */
  void ponged() {
    signs.heard(System.nanoTime());
  }

  /** Records of this edge are in the store. Never waits. */
  void changed(List<Change> changes) {
    inbox.add(changes);
    settle();
  }

  /** The store has caught up with the topic. */
  void caughtUp() {
    takeTurn(() -> session.caughtUp(System.nanoTime()));
  }

  /** Time passes. Leaves out a connection that is busy: the next tick is near. */
  void tick(long now) {
    try {
      switch (signs.tick(now)) {
        case NOTHING -> {}
        case PING -> transport.ping();
        case GIVE_UP -> end(CloseReason.NO_SIGN_OF_LIFE);
        case ABORT -> drop();
      }
    } catch (RuntimeException broken) {
      LOG.warn("edge connection broke edge={} reason={}", edge, broken.toString());
      end(CloseReason.FAILED);
    }
    if (turn.tryLock()) {
      try {
        begin();
        perform(() -> session.tick(now));
      } finally {
        turn.unlock();
      }
      settle();
    } else if (isStuck(now)) {
      LOG.error("edge connection is stuck edge={} turn_s={}", edge, STUCK_AFTER.toSeconds());
      inbox.close();
      endAs.compareAndSet(null, CloseReason.FAILED);
      connections.unregister(this);
      noStranger();
      drop();
      connections.gone(this);
    }
  }

  private boolean isStuck(long now) {
    return turn.isLocked() && now - turnBegan >= STUCK_AFTER.toNanos();
  }

  /** Ends the connection from this side. Never waits; the first reason counts. */
  void end(CloseReason reason) {
    endAs.compareAndSet(null, reason);
    settle();
  }

  /** The wire is gone. */
  void closed() {
    cut = true;
    settle();
    if (ended) {
      connections.gone(this);
    }
  }

  /** Without a word: the other side does not complete the closing handshake, or cannot be told. */
  private void drop() {
    try {
      transport.abort();
    } catch (RuntimeException broken) {
      LOG.warn("edge connection broke edge={} reason={}", edge, broken.toString());
    }
    closed();
  }

  private void takeTurn(Supplier<List<Effect>> input) {
    turn.lock();
    try {
      begin();
      perform(input);
    } finally {
      turn.unlock();
    }
    settle();
  }

  private void begin() {
    if (turn.getHoldCount() == 1) {
      turnBegan = System.nanoTime();
    }
  }

  /**
   * Does what was left to whichever thread has the turn. A thread that finds the turn taken may go:
   * the one that has it comes here after it has given it up. Each round leaves no work behind, so
   * that the loop ends.
   */
  private void settle() {
    while (hasWork() && turn.tryLock()) {
      try {
        begin();
        work();
      } finally {
        turn.unlock();
      }
    }
  }

  private boolean hasWork() {
    return !ended && (cut || endAs.get() != null || !inbox.isEmpty());
  }

  private void work() {
    List<Change> changes = inbox.takeAll();
    if (cut || endAs.get() != null) {
      finish();
    } else if (!changes.isEmpty()) {
      perform(() -> session.changed(changes, System.nanoTime()));
    }
    if (ended && cut) {
      connections.gone(this);
    }
  }

  /** No input is taken after this. A replaced connection has no last word: the newer one has it. */
  private void finish() {
    if (ended) {
      return;
    }
    ended = true;
    inbox.close();
    noStranger();
    countOutstanding(0);
    if (connections.unregister(this)) {
      reportLast();
    }
    CloseReason reason = endAs.get();
    if (reason != null && !cut) {
      LOG.debug("edge connection ends edge={} code={}", edge, reason.code());
      metrics.closed(reason);
      signs.closing(System.nanoTime());
      close(reason);
    }
  }

  private void reportLast() {
    try {
      for (Effect effect : session.disconnected()) {
        if (effect instanceof Effect.Report(GroupReport report)) {
          connections.report(status(report));
        }
      }
    } catch (RuntimeException failed) {
      LOG.error("last report failed edge={}", edge, failed);
    }
  }

  private void close(CloseReason reason) {
    try {
      transport.close(reason);
    } catch (RuntimeException broken) {
      LOG.warn("edge connection broke edge={} reason={}", edge, broken.toString());
      drop();
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
    if (ended) {
      return;
    }
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
    noStranger();
    connections.register(this);
    session.registered(System.nanoTime()).forEach(this::perform);
  }

  /** Gives the room of a stranger back, once. */
  private void noStranger() {
    if (stranger.getAndSet(false)) {
      connections.strangers().left(address);
    }
  }

  private EdgeStatus status(GroupReport report) {
    return new EdgeStatus(
        report.group(),
        edge,
        connectionId,
        connectedAt,
        report.opens(),
        report.connected(),
        report.acknowledgedRevision(),
        report.lastError(),
        report.tunnels(),
        report.keyChanges(),
        connections.clock().instant());
  }
}
