package io.linkwright.agent;

import io.linkwright.domain.GroupId;
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
    /** Waits for the next attempt. */
    record Down() implements Phase {}

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
  private Phase phase = new Phase.Down();
  private int failures;

  ServerLink(AgentConfig config, AgentRuntime runtime, SerialExecutor serial, Edge edge) {
    this.config = config;
    this.runtime = runtime;
    this.serial = serial;
    this.edge = edge;
  }

  boolean isUp() {
    return phase instanceof Phase.Up;
  }

  /** Begins, unless it has begun or is closed. */
  void connect() {
    if (!(phase instanceof Phase.Down)) {
      return;
    }
    ServerConnection connection = new ServerConnection(serial, new Inbound());
    Duration timeout = config.timings().handshakeTimeout();
    phase =
        new Phase.Greeting(
            connection, after(timeout, () -> lost(connection, "no challenge within " + timeout)));
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
                    serial.execute(() -> lost(connection, "not connected: " + failure));
                  }
                });
  }

  /** Sends if the link is up; otherwise the next hello says what the server has missed. */
  void send(EdgeMessage message) {
    if (phase instanceof Phase.Up(ServerConnection connection)) {
      connection.send(EdgeMessages.write(message));
    }
  }

  /** Gives up a connection on which nothing was heard for too long. */
  void checkSilence() {
    Duration limit = config.timings().silenceLimit();
    if (phase instanceof Phase.Up(ServerConnection connection)
        && connection.silentNanos() > limit.toNanos()) {
      lost(connection, "nothing heard within " + limit);
    }
  }

  /** Begins anew. */
  void reset(String reason) {
    connection().ifPresent(connection -> lost(connection, reason));
  }

  /** Says goodbye. */
  void close() {
    connection().ifPresent(ServerConnection::close);
    enter(new Phase.Closed());
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
        ServerLink.this.lost(connection, "protocol error: " + malformed.getMessage());
      }
    }

    @Override
    public void lost(ServerConnection connection, String reason) {
      ServerLink.this.lost(connection, reason);
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

  private void lost(ServerConnection connection, String reason) {
    if (!isCurrent(connection)) {
      return;
    }
    connection.abort();
    boolean stable = connection.ageNanos() > config.timings().stableAfter().toNanos();
    failures = stable && isUp() ? 1 : failures + 1;
    enter(new Phase.Down());
    Duration delay = config.timings().reconnect().delay(failures, ThreadLocalRandom.current());
    LOG.debug("edge={} disconnected, next attempt in {}: {}", config.edge(), delay, reason);
    var _ = after(delay, this::connect);
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
      case Phase.Down(), Phase.Closed() -> Optional.empty();
    };
  }
}
