package io.linkwright.agent;

import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the server: connects, answers the challenge, and when the connection is
 * lost waits and begins anew. Owned by the agent's serial executor.
 */
final class ServerLink {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

  /** Whom the link works for. */
  interface Edge {
    /** What goes into the hello. */
    SortedMap<GroupId, Have> have();

    /** The challenge is answered. */
    void connected();

    /** The connection is gone or did not come about. */
    void disconnected(String reason);

    /** The answer to a configuration. */
    EdgeMessage configured(Config configuration);

    /** The answer is on its way. */
    void answered(Config configuration);

    /** The next step of links whose keys are changing. */
    void changeOver(ChangeOver step);
  }

  /** Where the link stands. */
  private sealed interface Phase {
    /**
     * Waits for the next attempt.
     *
     * @param attempt makes it
     */
    record Down(Future<?> attempt) implements Phase {}

    /** Connects, or waits for the challenge. */
    record Greeting(ServerConnection connection, Future<?> timeout) implements Phase {}

    /** Has answered the challenge. */
    record Up(ServerConnection connection) implements Phase {}

    /** Nothing more happens. */
    record Closed() implements Phase {}
  }

  private final AgentConfig config;
  private final AgentRuntime runtime;
  private final SerialExecutor serial;
  private final Edge edge;
  private final Reconnection reconnection;
  private Phase phase = new Phase.Down(CompletableFuture.completedFuture(null));

  ServerLink(AgentConfig config, AgentRuntime runtime, SerialExecutor serial, Edge edge) {
    this.config = config;
    this.runtime = runtime;
    this.serial = serial;
    this.edge = edge;
    this.reconnection = new Reconnection(config.timings().reconnect());
  }

  boolean isUp() {
    return phase instanceof Phase.Up;
  }

  /** Begins, unless it has begun or is closed. */
  void connect() {
    if (!(phase instanceof Phase.Down(Future<?> attempt))) {
      return;
    }
    attempt.cancel(false);
    ServerConnection connection = new ServerConnection(serial, new Inbound());
    Duration timeout = config.timings().handshakeTimeout();
    phase =
        new Phase.Greeting(
            connection,
            after(timeout, () -> lost(connection, Ending.LOST, "no challenge within " + timeout)));
    var _ =
        runtime
            .http()
            .newWebSocketBuilder()
            .subprotocols(EdgeConnection.SUBPROTOCOL)
            .connectTimeout(timeout)
            .buildAsync(config.endpoint(), connection)
            .whenComplete(
                (_, failure) -> {
                  if (failure != null) {
                    serial.execute(
                        () -> lost(connection, Ending.LOST, "not connected: " + failure));
                  }
                });
  }

  /** Sends if the link is up; otherwise the next hello says what the server has missed. */
  void send(EdgeMessage message) {
    if (phase instanceof Phase.Up(ServerConnection connection)) {
      connection.send(EdgeMessages.write(message));
    }
  }

  /**
   * Sees to it that there is progress: a step that a timer was to take and did not is taken now,
   * and a server that is silent for too long is asked for a sign of life. One that gives none is
   * given up, and not before: an agent that was stopped or starved has heard nothing either.
   */
  void supervise() {
    switch (phase) {
      case Phase.Down(Future<?> attempt) -> {
        if (attempt.isDone()) {
          connect();
        }
      }
      case Phase.Greeting(ServerConnection connection, Future<?> timeout) -> {
        if (timeout.isDone()) {
          lost(connection, Ending.LOST, "no challenge in time");
        }
      }
      case Phase.Up(ServerConnection connection) -> checkSilence(connection);
      case Phase.Closed() -> {}
    }
  }

  private void checkSilence(ServerConnection connection) {
    Duration limit = config.timings().silenceLimit();
    if (connection.silentNanos() <= limit.toNanos()) {
      return;
    }
    long heardBefore = connection.heardNanos();
    connection.ping();
    var _ =
        after(
            config.timings().handshakeTimeout(),
            () -> {
              if (connection.heardNanos() == heardBefore) {
                lost(connection, Ending.LOST, "nothing heard within " + limit);
              }
            });
  }

  /** Begins anew. */
  void reset(String reason) {
    connection().ifPresent(connection -> lost(connection, Ending.LOST, reason));
  }

  /** Says goodbye. */
  void close() {
    Optional<ServerConnection> connection = connection();
    if (phase instanceof Phase.Down(Future<?> attempt)) {
      attempt.cancel(false);
    }
    enter(new Phase.Closed());
    connection.ifPresent(ServerConnection::close);
  }

  private final class Inbound implements ServerConnection.Owner {
    /** A connection that was given up while it came about must not stay open. */
    @Override
    public void opened(ServerConnection connection) {
      if (!isCurrent(connection)) {
        connection.abort();
      }
    }

    @Override
    public void received(ServerConnection connection, String text) {
      if (!isCurrent(connection)) {
        return;
      }
      try {
        ServerLink.this.received(connection, EdgeMessages.readServer(text));
      } catch (ProtocolException malformed) {
        connection.closeForProtocolError();
        ServerLink.this.lost(
            connection, Ending.REFUSED, "protocol error: " + malformed.getMessage());
      }
    }

    @Override
    public void lost(ServerConnection connection, Ending ending, String reason) {
      ServerLink.this.lost(connection, ending, reason);
    }
  }

  private void received(ServerConnection connection, ServerMessage message)
      throws ProtocolException {
    boolean greeting = phase instanceof Phase.Greeting;
    switch (message) {
      case Challenge(String nonce) when greeting -> greet(connection, nonce);
      case Config configuration when !greeting -> {
        send(edge.configured(configuration));
        edge.answered(configuration);
      }
      case ChangeOver step when !greeting -> edge.changeOver(step);
      case Challenge _ -> throw new ProtocolException("a second challenge");
      case Config _, ChangeOver _ ->
          throw new ProtocolException("a configuration before the challenge");
    }
  }

  private void greet(ServerConnection connection, String nonce) {
    enter(new Phase.Up(connection));
    byte[] proof = config.keys().signChallenge(config.edge(), nonce);
    send(new EdgeMessage.Hello(proof, edge.have()));
    LOG.debug("edge={} connected", config.edge());
    edge.connected();
  }

  private void lost(ServerConnection connection, Ending ending, String reason) {
    if (!isCurrent(connection)) {
      return;
    }
    connection.abort();
    boolean stable = isUp() && connection.ageNanos() > config.timings().stableAfter().toNanos();
    Duration delay =
        reconnection.delay(
            ending,
            stable ? Reconnection.Life.STABLE : Reconnection.Life.SHORT,
            ThreadLocalRandom.current());
    enter(new Phase.Down(after(delay, this::connect)));
    LOG.debug("edge={} disconnected, next attempt in {}: {}", config.edge(), delay, reason);
    edge.disconnected(reason);
  }

  private void enter(Phase next) {
    if (phase instanceof Phase.Greeting(_, Future<?> timeout)) {
      timeout.cancel(false);
    }
    phase = next;
  }

  private Future<?> after(Duration delay, Runnable task) {
    return runtime
        .timers()
        .schedule(() -> serial.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean isCurrent(ServerConnection connection) {
    return connection().filter(current -> current == connection).isPresent();
  }

  private Optional<ServerConnection> connection() {
    return switch (phase) {
      case Phase.Greeting(ServerConnection connection, _) -> Optional.of(connection);
      case Phase.Up(ServerConnection connection) -> Optional.of(connection);
      case Phase.Down _, Phase.Closed() -> Optional.empty();
    };
  }
}
