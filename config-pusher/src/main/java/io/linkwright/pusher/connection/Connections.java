package io.linkwright.pusher.connection;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.http.Liveness;
import io.linkwright.pusher.delivery.Change;
import io.linkwright.pusher.delivery.CloseReason;
import io.linkwright.pusher.delivery.DeliveryLimits;
import io.linkwright.pusher.delivery.EdgeSession;
import io.linkwright.pusher.delivery.Sources;
import io.linkwright.pusher.feed.FeedListener;
import io.linkwright.pusher.metrics.EdgesPerChange;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.pulse.Pulse;
import io.linkwright.pusher.store.ConfigRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All connections of this pusher. Routes each change to the one connection of its edge, if that is
 * here. Thread-safe.
 */
public final class Connections implements FeedListener, AutoCloseable {
  private static final Duration TICK_INTERVAL = Duration.ofMillis(500);
  private static final int CHALLENGE_BYTES = 32;
  private static final int CONNECTION_ID_BYTES = 12;

  /** For connections that are busy when the pusher stops. */
  private static final Duration LAST_WORDS_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration LAST_WORDS_POLL = Duration.ofMillis(5);

  /**
   * What connections need from the rest of the pusher.
   *
   * @param whenCaughtUp runs what it is given once the store holds all that the topic holds at the
   *     call; false if too many wait for that
   * @param outbox takes what is to be written on {@code linkwright.edge-status}
   */
  public record Surroundings(
      Sources sources,
      Predicate<Runnable> whenCaughtUp,
      Consumer<EdgeStatus> outbox,
      PusherMetrics metrics,
      EdgesPerChange edgesPerChange,
      InstantSource clock) {}

  private final Surroundings surroundings;
  private final DeliveryLimits limits;
  private final int maxConnections;

  private final Strangers strangers = new Strangers();
  private final Set<ConnectedEdge> all = ConcurrentHashMap.newKeySet();
  private final Map<EdgeId, ConnectedEdge> current = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Executor catchUps = Executors.newVirtualThreadPerTaskExecutor();
  private final Pulse ticker;

  private volatile boolean closing;

  /** Starts the clock that all connections live by. */
  public Connections(Surroundings surroundings, DeliveryLimits limits, int maxConnections) {
    this.surroundings = surroundings;
    this.limits = limits;
    this.maxConnections = maxConnections;
    surroundings.metrics().connectedEdges(current);
    surroundings.metrics().strangers(strangers, Strangers::count, Strangers::chars);
    ticker = Pulse.start("pusher-ticker", TICK_INTERVAL, this::tick);
  }

  /** Whether one more may connect from this address: there is room, for another stranger too. */
  boolean hasRoom(String address) {
    return !closing && all.size() < maxConnections && strangers.hasRoom(address);
  }

  Strangers strangers() {
    return strangers;
  }

  /** A wire to what says it is this edge; empty if there is no room. */
  Optional<ConnectedEdge> open(EdgeId edge, String address, Transport transport) {
    if (closing || all.size() >= maxConnections || !strangers.enter(address)) {
      return Optional.empty();
    }
    EdgeSession session =
        new EdgeSession(
            edge, text(CHALLENGE_BYTES), surroundings.sources(), limits, System.nanoTime());
    ConnectedEdge connection =
        new ConnectedEdge(
            edge,
            address,
            text(CONNECTION_ID_BYTES),
            clock().instant(),
            session,
            transport,
            this,
            surroundings.metrics());
    all.add(connection);
    if (closing) {
      connection.end(CloseReason.STOPPING);
    }
    return Optional.of(connection);
  }

  private String text(int randomBytes) {
    byte[] bytes = new byte[randomBytes];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  InstantSource clock() {
    return surroundings.clock();
  }

  /** Changes of the edge go to this connection from now on; an older one ends. */
  void register(ConnectedEdge connection) {
    ConnectedEdge older = current.put(connection.edge(), connection);
    if (older != null) {
      older.end(CloseReason.REPLACED);
    }
  }

  /** True if the connection was the edge's current one. */
  boolean unregister(ConnectedEdge connection) {
    return current.remove(connection.edge(), connection);
  }

  /** The wire is gone. */
  void gone(ConnectedEdge connection) {
    all.remove(connection);
  }

  /** Lets the connection know when the store has caught up with the topic as it is now. */
  void awaitCatchUp(ConnectedEdge connection) {
    // Told by the feed's thread, which must not wait for a connection's turn.
    Runnable tell = () -> catchUps.execute(connection::caughtUp);
    if (!surroundings.whenCaughtUp().test(tell)) {
      connection.end(CloseReason.NOT_READY);
    }
  }

  void report(EdgeStatus status) {
    surroundings.outbox().accept(status);
  }

  @Override
  public void changed(List<ConfigRecord> records, boolean live) {
    surroundings.metrics().read(records.size());
    surroundings.edgesPerChange().read(records, live, System.nanoTime());
    Map<ConnectedEdge, List<Change>> concerned = new LinkedHashMap<>();
    for (ConfigRecord record : records) {
      ConnectedEdge connection = current.get(record.key().edge());
      if (connection != null) {
        concerned
            .computeIfAbsent(connection, _ -> new ArrayList<>())
            .add(new Change(record.key(), record.revision().orElse(0)));
      }
    }
    concerned.forEach(ConnectedEdge::changed);
  }

  /** The edge has opened another connection, at this pusher or another. */
  public void overtaken(EdgeId edge, String connectionId) {
    ConnectedEdge connection = current.get(edge);
    if (connection != null && connection.connectionId().equals(connectionId)) {
      connection.end(CloseReason.REPLACED);
    }
  }

  @Override
  public void doubtful() {
    endAll(CloseReason.NOT_READY);
  }

  @Override
  public void outdated() {
    endAll(CloseReason.NOT_READY);
  }

  private void endAll(CloseReason reason) {
    all.forEach(connection -> connection.end(reason));
  }

  private void tick() {
    long now = System.nanoTime();
    surroundings.edgesPerChange().tick(now);
    all.forEach(connection -> connection.tick(now));
  }

  /** Whether the clock that all connections live by still ticks. */
  public Liveness liveness() {
    return ticker.liveness();
  }

  /** Ends all connections, waits a moment for their last words, and lets none in any more. */
  @Override
  public void close() {
    closing = true;
    endAll(CloseReason.STOPPING);
    awaitLastWords();
    ticker.close();
  }

  private void awaitLastWords() {
    long deadline = System.nanoTime() + LAST_WORDS_TIMEOUT.toNanos();
    while (!all.stream().allMatch(ConnectedEdge::isEnded) && System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(LAST_WORDS_POLL);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
