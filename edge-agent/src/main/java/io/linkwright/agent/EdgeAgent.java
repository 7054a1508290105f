package io.linkwright.agent;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.store.ConfigurationStore;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** Ten minutes at the protocol's interval; the longest batch of commands takes seconds. */
  static final int MAX_STALLED_TICKS = 20;

  private final AgentConfig config;
  private final AgentRuntime runtime;
  private final AgentListener listener;
  private final TunnelDriver driver;
  private final ConfigurationHandler handler;
  private final SerialExecutor serial;
  private final ServerLink server;
  private final KeyRenewals renewals;
  private final StatusReports reports = new StatusReports();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** As told last, by group; only groups that have some. */
  private final Map<GroupId, List<LinkProblem>> problems = new HashMap<>();

  private final AtomicBoolean isBroken = new AtomicBoolean();
  private boolean reportScheduled;

  /** Owned by the timers' thread. */
  private long doneBefore;

  private int stalledTicks;

  private Optional<Future<?>> ticks = Optional.empty();

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
    this.serial = new SerialExecutor(runtime.workers(), new Failures());
    this.server = new ServerLink(config, runtime, serial, new Edge());
    this.renewals = new KeyRenewals(config, runtime, serial, driver::wornKeys);
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
    agent.serial.execute(agent::beginOrBreak);
    return agent;
  }

  /** Says goodbye to the server and lets go of everything; the configuration stays on disk. */
  @Override
  public void close() {
    closeAll(List.of(this));
  }

  /** Closes all of them within the time of one: each is told before any is waited for. */
  public static void closeAll(Collection<EdgeAgent> agents) {
    long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    agents.forEach(agent -> agent.serial.execute(agent::end));
    try {
      for (EdgeAgent agent : agents) {
        if (!agent.closed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          LOG.warn("edge={} not closed within {}", agent.config.edge(), CLOSE_TIMEOUT);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** There is no connection yet that could begin anew. */
  private void beginOrBreak() {
    try {
      begin();
    } catch (RuntimeException bug) {
      brokenBy(bug);
    }
  }

  private void begin() {
    driver.start(group -> serial.execute(() -> tunnelsChanged(group)));
    handler.resume();
    handler.groups().forEach(this::tellProblems);
    long intervalNanos = config.timings().statusInterval().toNanos();
    ticks =
        Optional.of(
            runtime
                .timers()
                .scheduleAtFixedRate(
                    this::superviseAndTick,
                    ThreadLocalRandom.current().nextLong(intervalNanos),
                    intervalNanos,
                    TimeUnit.NANOSECONDS));
    server.connect();
  }

  /**
   * On the timers' thread, which must go on whatever becomes of a call. An agent whose tasks do not
   * move for {@link #MAX_STALLED_TICKS} is broken: that many looks, and not a time, because a
   * process that was stopped or starved itself has not looked either.
   */
  private void superviseAndTick() {
    try {
      long done = serial.done();
      stalledTicks = serial.isBusy() && done == doneBefore ? stalledTicks + 1 : 0;
      doneBefore = done;
      if (stalledTicks == MAX_STALLED_TICKS) {
        tellBroken(
            new IllegalStateException(
                "no progress at %d looks, %s apart"
                    .formatted(MAX_STALLED_TICKS, config.timings().statusInterval())));
      }
      serial.execute(this::tick);
    } catch (RuntimeException | Error missed) {
      LOG.error("edge={} missed a tick", config.edge(), missed);
    }
  }

  /** Every part is let go of, whatever becomes of the others. */
  private void end() {
    if (closed.getCount() == 0) {
      return;
    }
    try {
      ticks.ifPresent(timer -> timer.cancel(false));
      server.close();
    } catch (RuntimeException bug) {
      LOG.error("edge={} connection not closed", config.edge(), bug);
    } finally {
      try {
        handler.close();
      } finally {
        closed.countDown();
      }
    }
  }

  /** What the link to the server asks of the agent and tells it. */
  private final class Edge implements ServerLink.Edge {
    @Override
    public SortedMap<GroupId, Have> have() {
      return handler.have();
    }

    @Override
    public void connected() {
      listener.connected(config.edge());
      reports.repeat(handler.groups());
      scheduleReport();
      renewals.forget();
      renewals.ask(handler.groups());
    }

    @Override
    public void disconnected(String reason) {
      listener.disconnected(config.edge(), reason);
    }

    @Override
    public EdgeMessage configured(Config configuration) {
      return handler.handle(configuration);
    }

    @Override
    public void answered(Config configuration) {
      handler.tidy();
      tunnelsChanged(configuration.group());
    }

    @Override
    public void changeOver(ChangeOver step) {
      handler.handle(step);
      handler.tidy();
      tunnelsChanged(step.group());
    }
  }

  private void tunnelsChanged(GroupId group) {
    tellProblems(group);
    if (handler.isMember(group)) {
      reports.changed(group);
      scheduleReport();
      askForKeys();
    } else {
      reports.forget(group);
    }
  }

  /** Said when it changes, and not with every report. */
  private void tellProblems(GroupId group) {
    List<LinkProblem> now = driver.problems(group);
    List<LinkProblem> before = now.isEmpty() ? problems.remove(group) : problems.put(group, now);
    if (!now.equals(before == null ? List.of() : before)) {
      listener.troubled(config.edge(), group, now);
    }
  }

  private void scheduleReport() {
    if (!reportScheduled && reports.isDue() && server.isUp()) {
      reportScheduled = true;
      var _ =
          runtime
              .timers()
              .schedule(
                  () -> serial.execute(this::reportDue),
                  config.timings().statusDelay().toNanos(),
                  TimeUnit.NANOSECONDS);
    }
  }

  private void reportDue() {
    reportScheduled = false;
    report();
  }

  private void report() {
    if (server.isUp()) {
      reports
          .take(
              group ->
                  new EdgeMessage.Status(
                      group,
                      driver.states(group),
                      handler.keyChanges(group),
                      driver.problems(group)))
          .forEach(server::send);
    }
  }

  private void tick() {
    if (closed.getCount() == 0) {
      return;
    }
    server.supervise();
    reportScheduled = false;
    reports.repeat(handler.groups());
    report();
    handler.retryResume();
    renewals.forget();
    askForKeys();
  }

  /** Whoever cannot be connected to need not be asked. */
  private void askForKeys() {
    if (server.isUp()) {
      renewals.ask(handler.groups());
    }
  }

  private final class Failures implements SerialExecutor.Failures {
    /**
     * A bug, here or in the driver or listener: the connection starts anew, and with it the truth.
     */
    @Override
    public void failed(RuntimeException bug) {
      LOG.error("edge={} failed", config.edge(), bug);
      server.reset("internal error: " + bug);
    }

    @Override
    public void broken(Throwable cause) {
      brokenBy(cause);
    }
  }

  /** Ends the agent: what it owns may be half changed. The disk has what was whole. */
  private void brokenBy(Throwable cause) {
    tellBroken(cause);
    end();
  }

  /** The owner is told first: it may have to end a process that has no memory left to log with. */
  private void tellBroken(Throwable cause) {
    if (isBroken.compareAndSet(false, true)) {
      listener.broken(config.edge(), cause);
      LOG.error("edge={} cannot go on and ends", config.edge(), cause);
    }
  }
}
