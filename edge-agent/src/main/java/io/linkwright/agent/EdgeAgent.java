package io.linkwright.agent;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.store.ConfigurationStore;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.domain.GroupId;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An edge: keeps a connection to the server, applies what the controller has signed, reports its
 * tunnels, and goes on with its last good configuration whatever happens to the server.
 *
 * <p>Everything in it is owned by its serial executor, which borrows threads and has none.
 */
public final class EdgeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeAgent.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final AgentConfig config;
  private final AgentRuntime runtime;
  private final AgentListener listener;
  private final TunnelDriver driver;
  private final ConfigurationHandler handler;
  private final SerialExecutor serial;
  private final StatusReports reports = new StatusReports();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Link link = new Link.Down();
  private int failures;
  private boolean reportScheduled;
  private Optional<Future<?>> ticks = Optional.empty();

  /** Where the agent stands with the server. */
  private sealed interface Link {
    /** Waits for the next attempt. */
    record Down() implements Link {}

    /** Connects, or waits for the challenge. */
    record Greeting(ServerConnection connection, Future<?> timeout) implements Link {}

    /** Has answered the challenge. */
    record Up(ServerConnection connection) implements Link {}

    /** Nothing more happens. */
    record Closed() implements Link {}
  }

  private EdgeAgent(
      AgentConfig config,
      AgentRuntime runtime,
      AgentListener listener,
      TunnelDriver driver,
      ConfigurationHandler handler) {
    this.config = config;
    this.runtime = runtime;
    this.listener = listener;
    this.driver = driver;
    this.handler = handler;
    this.serial = new SerialExecutor(runtime.workers(), this::failed);
  }

  /**
   * Runs what is on disk, then connects and stays connected until closed.
   *
   * @param driver started and closed by the agent
   * @throws UncheckedIOException if the state directory cannot be used
   */
  public static EdgeAgent start(
      AgentConfig config, TunnelDriver driver, AgentListener listener, AgentRuntime runtime) {
    ConfigurationVerifier verifier =
        new ConfigurationVerifier(config.edge(), config.keys(), config.controller());
    ConfigurationStore store;
    try {
      store = ConfigurationStore.open(config.stateDirectory(), config.edge(), verifier);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    ConfigurationHandler handler =
        new ConfigurationHandler(config.edge(), verifier, store, driver, listener);
    EdgeAgent agent = new EdgeAgent(config, runtime, listener, driver, handler);
    agent.serial.execute(agent::begin);
    return agent;
  }

  /** Says goodbye to the server and lets go of everything; the configuration stays on disk. */
  @Override
  public void close() {
    serial.execute(this::end);
    try {
      if (!closed.await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("edge={} not closed within {}", config.edge(), CLOSE_TIMEOUT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin() {
    driver.start(group -> serial.execute(() -> tunnelsChanged(group)));
    handler.resume();
    long intervalNanos = config.timings().statusInterval().toNanos();
    ticks =
        Optional.of(
            runtime
                .timers()
                .scheduleAtFixedRate(
                    () -> serial.execute(this::tick),
                    ThreadLocalRandom.current().nextLong(intervalNanos),
                    intervalNanos,
                    TimeUnit.NANOSECONDS));
    connect();
  }

  private void end() {
    if (link instanceof Link.Closed) {
      return;
    }
    connection().ifPresent(ServerConnection::close);
    settle(new Link.Closed());
    ticks.ifPresent(timer -> timer.cancel(false));
    handler.close();
    closed.countDown();
  }

  private void connect() {
    if (!(link instanceof Link.Down)) {
      return;
    }
    ServerConnection connection = new ServerConnection(serial, new Inbound());
    Duration timeout = config.timings().handshakeTimeout();
    link =
        new Link.Greeting(
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
      if (isCurrent(connection)) {
        try {
          EdgeAgent.this.received(connection, EdgeMessages.readServer(text));
        } catch (ProtocolException malformed) {
          connection.closeForProtocolError();
          EdgeAgent.this.lost(connection, "protocol error: " + malformed.getMessage());
        }
      }
    }

    @Override
    public void lost(ServerConnection connection, String reason) {
      EdgeAgent.this.lost(connection, reason);
    }
  }

  private void received(ServerConnection connection, ServerMessage message)
      throws ProtocolException {
    boolean greeting = link instanceof Link.Greeting;
    switch (message) {
      case Challenge(String nonce) when greeting -> greet(connection, nonce);
      case Config configuration when !greeting -> configure(connection, configuration);
      case Challenge _ -> throw new ProtocolException("a second challenge");
      case Config _ -> throw new ProtocolException("a configuration before the challenge");
    }
  }

  private void greet(ServerConnection connection, String nonce) {
    settle(new Link.Up(connection));
    byte[] proof = config.keys().signChallenge(config.edge(), nonce);
    send(connection, new EdgeMessage.Hello(proof, handler.have()));
    LOG.debug("edge={} connected", config.edge());
    listener.connected(config.edge());
    reports.repeat(handler.groups());
    scheduleReport();
  }

  private void configure(ServerConnection connection, Config configuration) {
    send(connection, handler.handle(configuration));
    handler.tidy();
    tunnelsChanged(configuration.group());
  }

  private void lost(ServerConnection connection, String reason) {
    if (!isCurrent(connection)) {
      return;
    }
    connection.abort();
    boolean stable = connection.ageNanos() > config.timings().stableAfter().toNanos();
    failures = stable && link instanceof Link.Up ? 1 : failures + 1;
    settle(new Link.Down());
    Duration delay = config.timings().reconnect().delay(failures, ThreadLocalRandom.current());
    LOG.debug("edge={} disconnected, next attempt in {}: {}", config.edge(), delay, reason);
    listener.disconnected(config.edge(), reason);
    var _ = after(delay, this::connect);
  }

  private void tunnelsChanged(GroupId group) {
    if (handler.isMember(group)) {
      reports.changed(group);
      scheduleReport();
    } else {
      reports.forget(group);
    }
  }

  private void scheduleReport() {
    if (!reportScheduled && reports.isDue() && link instanceof Link.Up) {
      reportScheduled = true;
      var _ = after(config.timings().statusDelay(), this::report);
    }
  }

  private void report() {
    reportScheduled = false;
    if (link instanceof Link.Up(ServerConnection connection)) {
      reports
          .take(driver::states)
          .forEach(
              report -> send(connection, new EdgeMessage.Status(report.group(), report.tunnels())));
    }
  }

  private void tick() {
    if (link instanceof Link.Up(ServerConnection connection)) {
      if (connection.silentNanos() > config.timings().silenceLimit().toNanos()) {
        lost(connection, "nothing heard within " + config.timings().silenceLimit());
      } else {
        reports.repeat(handler.groups());
        report();
      }
    }
    if (!(link instanceof Link.Closed)) {
      handler.retryResume();
    }
  }

  /**
   * A bug, here or in the driver or listener: the connection starts anew, and with it the truth.
   */
  private void failed(RuntimeException bug) {
    LOG.error("edge={} failed", config.edge(), bug);
    connection().ifPresent(connection -> lost(connection, "internal error: " + bug));
  }

  private static void send(ServerConnection connection, EdgeMessage message) {
    connection.send(EdgeMessages.write(message));
  }

  private Future<?> after(Duration delay, Runnable task) {
    return runtime
        .timers()
        .schedule(() -> serial.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void settle(Link next) {
    if (link instanceof Link.Greeting(_, Future<?> timeout)) {
      timeout.cancel(false);
    }
    link = next;
  }

  private boolean isCurrent(ServerConnection connection) {
    return connection().filter(current -> current == connection).isPresent();
  }

  private Optional<ServerConnection> connection() {
    return switch (link) {
      case Link.Greeting(ServerConnection connection, _) -> Optional.of(connection);
      case Link.Up(ServerConnection connection) -> Optional.of(connection);
      case Link.Down(), Link.Closed() -> Optional.empty();
    };
  }
}
