package io.linkwright.agent.simulated;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The underlay between the simulated edges of one process. A tunnel is up when a packet gets
 * through both ways: each end probes when it has been configured, and now and then after that.
 *
 * <p>One daemon thread owns all of it and does all cryptography of packets, off the agents' way and
 * at a bounded rate. Its queue is bounded by the configurations that edges apply.
 */
public final class SimulatedNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedNetwork.class);
  private static final Duration PACE = Duration.ofMillis(10);
  private static final Duration REPEAT_PACE = Duration.ofMillis(100);

  private final ProbeLimits limits;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulated-network").factory());
  private final Prober prober = new Prober();
  private final Map<EdgeId, SimulatedDriver> edges = new HashMap<>();
  private final SequencedSet<SimulatedTunnel> changed = new LinkedHashSet<>();
  private final ArrayDeque<SimulatedTunnel> repeated = new ArrayDeque<>();
  private final LongAdder probes = new LongAdder();
  private final LongAdder lostProbes = new LongAdder();
  private boolean paced;

  private SimulatedNetwork(ProbeLimits limits) {
    this.limits = limits;
  }

  /** A network with no edges. */
  public static SimulatedNetwork start(ProbeLimits limits) {
    SimulatedNetwork network = new SimulatedNetwork(limits);
    var _ =
        network.thread.scheduleWithFixedDelay(
            network::repeatOrLog,
            REPEAT_PACE.toMillis(),
            REPEAT_PACE.toMillis(),
            TimeUnit.MILLISECONDS);
    return network;
  }

  /**
   * The driver for an edge. The latest that was started under a name is the one that is reached.
   */
  public SimulatedDriver driver(EdgeId edge, EdgeKeys keys) {
    return new SimulatedDriver(this, edge, keys);
  }

  /**
   * Probes every tunnel once and returns when that is done.
   *
   * @throws IllegalStateException if a probe failed otherwise than by not getting through
   */
  public void probeAll() {
    long _ =
        call(
            () -> {
              probeAllNow();
              return 0L;
            });
  }

  private long call(Callable<Long> onThread) {
    try {
      return thread.submit(onThread).get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } catch (ExecutionException bug) {
      throw new IllegalStateException("probing", bug.getCause());
    }
  }

  /** Stops at once. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  void attach(SimulatedDriver driver) {
    thread.execute(() -> edges.put(driver.edge(), driver));
  }

  void detach(SimulatedDriver driver, List<SimulatedTunnel> tunnels) {
    if (!thread.isShutdown()) {
      thread.execute(
          () -> {
            edges.remove(driver.edge(), driver);
            tunnels.forEach(this::remove);
          });
    }
  }

  /**
   * What a plan changes, in this order: made by an agent, carried out by the network's thread
   * before anything that an agent hands over later.
   */
  static final class Changes {
    private final List<SimulatedTunnel> removed = new ArrayList<>();
    private final List<SimulatedTunnel> started = new ArrayList<>();
    private final List<Runnable> keySteps = new ArrayList<>();
    private final List<SimulatedTunnel> probed = new ArrayList<>();

    void remove(SimulatedTunnel tunnel) {
      removed.add(tunnel);
    }

    void start(SimulatedTunnel tunnel) {
      started.add(tunnel);
      probed.add(tunnel);
    }

    /** A step of a tunnel that runs. */
    void add(Runnable keyStep) {
      keySteps.add(keyStep);
    }

    void probe(SimulatedTunnel tunnel) {
      probed.add(tunnel);
    }
  }

  void apply(Changes changes) {
    thread.execute(
        () -> {
          changes.removed.forEach(this::remove);
          changes.keySteps.forEach(SimulatedNetwork::runOrLog);
          changed.addAll(changes.probed);
          repeated.addAll(changes.started);
          pace();
        });
  }

  /** One tunnel's step must not keep the others from theirs. */
  private static void runOrLog(Runnable keyStep) {
    try {
      keyStep.run();
    } catch (RuntimeException bug) {
      LOG.error("keys not changed", bug);
    }
  }

  /** Probes so far. */
  public long probes() {
    return probes.sum();
  }

  /** Ends of tunnels that are up. */
  public long tunnelEndsUp() {
    return call(
        () ->
            repeated.stream()
                .filter(tunnel -> !tunnel.isRemoved() && tunnel.state() == TunnelState.UP)
                .count());
  }

  /** Probes of tunnels that had been up and did not get through. */
  public long lostProbes() {
    return lostProbes.sum();
  }

  private void remove(SimulatedTunnel tunnel) {
    tunnel.remove();
    changed.remove(tunnel);
  }

  private void pace() {
    if (!paced && !changed.isEmpty()) {
      paced = true;
      var _ = thread.schedule(this::probeChanged, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void probeChanged() {
    paced = false;
    long budget = limits.changedPerSecond() * PACE.toMillis() / 1_000;
    try {
      for (long i = 0; i < budget && !changed.isEmpty(); i++) {
        probe(changed.removeFirst());
      }
    } catch (RuntimeException | Error bug) {
      LOG.error("changed tunnels not probed", bug);
    } finally {
      pace();
    }
  }

  /** A timer that throws is never heard of again. */
  private void repeatOrLog() {
    try {
      repeat();
    } catch (RuntimeException | Error bug) {
      LOG.error("tunnels not probed", bug);
    }
  }

  /** A tunnel that has been removed leaves the round here. */
  private void repeat() {
    long due = repeated.size() * REPEAT_PACE.toMillis() / limits.interval().toMillis() + 1;
    long budget = Math.min(due, limits.repeatedPerSecond() * REPEAT_PACE.toMillis() / 1_000 + 1);
    for (long i = 0; i < budget && !repeated.isEmpty(); i++) {
      SimulatedTunnel tunnel = repeated.removeFirst();
      if (!tunnel.isRemoved()) {
        probe(tunnel);
        repeated.addLast(tunnel);
      }
    }
  }

  private void probeAllNow() {
    repeated.removeIf(SimulatedTunnel::isRemoved);
    repeated.forEach(this::probe);
  }

  private void probe(SimulatedTunnel tunnel) {
    probes.increment();
    if (!getsThrough(tunnel)) {
      if (tunnel.state() == TunnelState.UP) {
        lostProbes.increment();
      }
      become(tunnel, TunnelState.DOWN);
    }
  }

  private boolean getsThrough(SimulatedTunnel tunnel) {
    if (!tunnel.install()) {
      return false;
    }
    byte[] request = prober.request(tunnel);
    Optional<SimulatedDriver> peer = Optional.ofNullable(edges.get(tunnel.peer()));
    Optional<byte[]> reply = peer.flatMap(at -> receive(at, request));
    Optional<byte[]> confirmation = reply.flatMap(packet -> receive(tunnel.driver(), packet));
    confirmation.ifPresent(packet -> receive(peer.get(), packet));
    return confirmation.isPresent();
  }

  private Optional<byte[]> receive(SimulatedDriver at, byte[] packet) {
    Optional<Prober.Received> received = prober.receive(at.inbound(), packet);
    received.filter(Prober.Received::provesBothWays).ifPresent(this::proven);
    return received.flatMap(Prober.Received::answer);
  }

  private void proven(Prober.Received received) {
    changed.remove(received.tunnel());
    become(received.tunnel(), TunnelState.UP);
  }

  private static void become(SimulatedTunnel tunnel, TunnelState state) {
    if (tunnel.become(state)) {
      tunnel.driver().reportChange(tunnel.group());
    }
  }
}
