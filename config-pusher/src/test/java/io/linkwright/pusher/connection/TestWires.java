package io.linkwright.pusher.connection;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.pusher.delivery.Change;
import io.linkwright.pusher.delivery.CloseReason;
import io.linkwright.pusher.delivery.DeliveryLimits;
import io.linkwright.pusher.delivery.DesiredConfiguration;
import io.linkwright.pusher.delivery.SimulatedLog;
import io.linkwright.pusher.delivery.SimulatedStore;
import io.linkwright.pusher.delivery.Sources;
import io.linkwright.pusher.metrics.EdgesPerChange;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.store.ConfigRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Connections over wires in memory, to edges that answer at once unless a fault happens. */
final class TestWires implements AutoCloseable {
  static final List<EdgeId> EDGES =
      List.of(new EdgeId("denver"), new EdgeId("seattle"), new EdgeId("sunnyvale"));

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final GroupId GROUP = new GroupId("abilene");
  private static final Map<EdgeId, EdgeKeys> KEYS =
      EDGES.stream().collect(Collectors.toMap(Function.identity(), _ -> EdgeKeys.generate()));

  private final SimulatedLog log = new SimulatedLog();
  private final SimulatedStore store = new SimulatedStore();
  private final ConcurrentLinkedQueue<EdgeStatus> statuses = new ConcurrentLinkedQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Wire> wires = new ArrayList<>();
  private final Connections connections;
  private volatile Optional<EdgeId> failingFor = Optional.empty();
  private volatile Wire faulty;

  TestWires() {
    for (EdgeId edge : EDGES) {
      log.member(edge, GROUP, KEYS.get(edge).publicKeys().identity());
      store.apply(log.at(log.end() - 1));
    }
    connections =
        new Connections(
            new Connections.Surroundings(
                new Sources(failing(store), (_, _) -> Optional.empty()),
                then -> {
                  then.run();
                  return true;
                },
                statuses::add,
                new PusherMetrics(registry),
                new EdgesPerChange(registry),
                InstantSource.system()),
            DeliveryLimits.DEFAULT,
            1_000);
  }

  /** A store whose disk fails when it is asked for one edge. */
  private DesiredConfiguration failing(SimulatedStore working) {
    return (DesiredConfiguration)
        Proxy.newProxyInstance(
            TestWires.class.getClassLoader(),
            new Class<?>[] {DesiredConfiguration.class},
            (_, method, arguments) -> {
              if (failingFor.filter(arguments[0]::equals).isPresent()) {
                throw new IllegalStateException("simulated");
              }
              return method.invoke(working, arguments);
            });
  }

  void storeFails(EdgeId edge) {
    failingFor = Optional.of(edge);
  }

  void storeWorks() {
    failingFor = Optional.empty();
  }

  Connections connections() {
    return connections;
  }

  Wire connect(EdgeId edge) {
    return connectFaulty(edge, 0, _ -> {});
  }

  /** The fault happens once, when the wire is called for the n-th time. */
  Wire connectFaulty(EdgeId edge, int step, Consumer<Wire> fault) {
    Wire wire = new Wire(edge, step, fault);
    if (step > 0) {
      faulty = wire;
    }
    synchronized (wires) {
      wires.add(wire);
    }
    wire.open();
    return wire;
  }

  Wire faulty() {
    return faulty;
  }

  /** Changes a link of each pair of edges; the feed's part is played here. */
  synchronized void change() {
    List<ConfigRecord> records = new ArrayList<>();
    for (int i = 0; i < EDGES.size(); i++) {
      LinkId link = LinkId.between(EDGES.get(i), EDGES.get((i + 1) % EDGES.size()));
      log.link(GROUP, link, false);
      for (int offset = log.end() - 2; offset < log.end(); offset++) {
        SimulatedLog.Entry entry = log.at(offset);
        store.apply(entry);
        records.add(
            new ConfigRecord(
                entry.key(), OptionalLong.of(entry.revision()), Optional.of(new byte[0])));
      }
    }
    connections.changed(records, true);
  }

  Change anyChange(EdgeId edge) {
    return new Change(EdgeConfigKey.ofMembership(edge, GROUP), 1);
  }

  synchronized long revision(EdgeId edge) {
    return store.revision(edge, GROUP);
  }

  /** Waits until the edge has what is in the store: another thread tells it when it catches up. */
  void awaitCurrent(Wire wire) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (wire.revision() != revision(wire.edge())) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "%s is at %d of %d".formatted(wire.edge(), wire.revision(), revision(wire.edge())));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  void tick() {
    List<Wire> now;
    synchronized (wires) {
      now = List.copyOf(wires);
    }
    now.stream()
        .flatMap(wire -> Optional.ofNullable(wire.connection()).stream())
        .forEach(connection -> connection.tick(System.nanoTime()));
  }

  double edgesConnected() {
    return registry.get("linkwright.pusher.edges.connected").gauge().value();
  }

  double outstanding() {
    return registry.get("linkwright.pusher.configs.outstanding").gauge().value();
  }

  void closeAll() {
    connections.close();
  }

  @Override
  public void close() {
    connections.close();
  }

  /** An edge that says hello and acknowledges at once, from within the call or after it. */
  final class Wire implements Transport {
    private final EdgeId edge;
    private final int faultAt;
    private final Consumer<Wire> fault;
    private final AtomicInteger calls = new AtomicInteger();
    private final ConcurrentHashMap<GroupId, Long> acknowledged = new ConcurrentHashMap<>();
    private volatile ConnectedEdge connection;
    private volatile boolean broken;
    private volatile boolean aborted;
    private volatile boolean gone;

    private Wire(EdgeId edge, int faultAt, Consumer<Wire> fault) {
      this.edge = edge;
      this.faultAt = faultAt;
      this.fault = fault;
    }

    private void open() {
      connection = connections.open(edge, "192.0.2.1", this).orElseThrow();
      connection.opened();
    }

    EdgeId edge() {
      return edge;
    }

    ConnectedEdge connection() {
      return connection;
    }

    long revision() {
      return acknowledged.getOrDefault(GROUP, 0L);
    }

    boolean isAborted() {
      return aborted;
    }

    void breaks() {
      broken = true;
    }

    private void called() {
      if (broken) {
        throw new IllegalStateException("simulated: still broken");
      }
      if (calls.incrementAndGet() == faultAt) {
        fault.accept(this);
      }
    }

    @Override
    public void send(String text) {
      called();
      if (gone) {
        return;
      }
      try {
        switch (EdgeMessages.readServer(text)) {
          case ServerMessage.Challenge(String nonce) ->
              answer(EdgeMessage.Hello.of(KEYS.get(edge).signChallenge(edge, nonce), Map.of()));
          case ServerMessage.Config config -> {
            acknowledged.put(config.group(), config.revision());
            answer(new EdgeMessage.Ack(config.nonce(), config.group(), config.revision()));
          }
          case ServerMessage.ChangeOver _ -> {}
        }
      } catch (ProtocolException impossible) {
        throw new AssertionError(impossible);
      }
    }

    private void answer(EdgeMessage message) {
      connection.received(EdgeMessages.write(message));
    }

    @Override
    public void ping() {
      called();
      connection.ponged();
    }

    @Override
    public void trust() {
      called();
    }

    @Override
    public void close(CloseReason reason) {
      called();
      gone = true;
      connection.closed();
    }

    @Override
    public void abort() {
      aborted = true;
      gone = true;
    }
  }
}
