package io.linkwright.pusher;

import io.javalin.config.JavalinConfig;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.http.HttpModule;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import io.linkwright.pusher.connection.Connections;
import io.linkwright.pusher.connection.EdgeEndpoint;
import io.linkwright.pusher.delivery.Sources;
import io.linkwright.pusher.feed.ConfigFeed;
import io.linkwright.pusher.feed.FeedClients;
import io.linkwright.pusher.feed.FeedState;
import io.linkwright.pusher.metrics.EdgesPerChange;
import io.linkwright.pusher.metrics.PusherMetrics;
import io.linkwright.pusher.status.KnownPeers;
import io.linkwright.pusher.status.PeerStatusFeed;
import io.linkwright.pusher.status.StatusListener;
import io.linkwright.pusher.status.StatusOutbox;
import io.linkwright.pusher.status.StatusTopic;
import io.linkwright.pusher.store.ConfigStore;
import io.linkwright.pusher.store.StoredConfigurations;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The config pusher: keeps a copy of {@code linkwright.edge-config}, holds the edges' connections,
 * delivers to each what concerns it, and writes on {@code linkwright.edge-status} what it hears.
 * Any number of pushers run beside each other, and an edge may connect to any of them.
 */
public final class PusherService implements HttpModule, AutoCloseable {
  private final ConfigStore store;
  private final StatusOutbox outbox;
  private final Connections connections;
  private final ConfigFeed feed;
  private final PeerStatusFeed peers;
  private final EdgeEndpoint endpoint;

  private PusherService(
      PusherConfig config, ConfigStore store, WireFormat wire, MeterRegistry registry) {
    Map<String, String> kafka = new HashMap<>(config.kafka());
    kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    Deserializer<EdgeConfiguration> deserializer = wire.edgeConfigurations().deserializer();
    InstantSource clock = InstantSource.system();
    PusherMetrics metrics = new PusherMetrics(registry);

    this.store = store;
    KnownPeers known = new KnownPeers();
    outbox = StatusOutbox.start(StatusTopic.open(kafka, wire.edgeStatuses().serializer()));
    connections =
        new Connections(
            new Connections.Surroundings(
                new Sources(new StoredConfigurations(store, deserializer), known),
                this::whenCaughtUp,
                outbox::report,
                metrics,
                new EdgesPerChange(registry),
                clock),
            config.limits(),
            config.maxConnections());
    feed =
        ConfigFeed.start(new FeedClients(kafka), store, deserializer, connections, metrics, clock);
    peers =
        PeerStatusFeed.start(
            kafka, wire.edgeStatuses().deserializer(), known, new ConnectionOrder(), metrics);
    metrics.knownPeers(known, KnownPeers::size);
    endpoint = new EdgeEndpoint(connections, this::readiness);
    metrics.recordsBehind(feed, PusherService::behind);
  }

  /**
   * Opens the store and begins to read the topic. Edges are let in as soon as {@link #readiness()}
   * says so.
   *
   * @param metrics takes the meters under {@code linkwright.pusher}
   * @throws io.linkwright.pusher.store.StoreFailure if another process has the state directory open
   */
  public static PusherService start(PusherConfig config, WireFormat wire, MeterRegistry metrics) {
    ConfigStore store = ConfigStore.open(config.stateDir());
    try {
      return new PusherService(config, store, wire, metrics);
    } catch (RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  @Override
  public String name() {
    return "config-pusher";
  }

  @Override
  public void routes(JavalinConfig config) {
    endpoint.addTo(config);
  }

  @Override
  public Readiness readiness() {
    return switch (feed.state()) {
      case FeedState.Live() -> Readiness.ready();
      case FeedState.Restoring(long behind) ->
          Readiness.notReady("reading edge-config, %d records behind".formatted(behind));
      case FeedState.Failing(String error) -> Readiness.notReady("edge-config: " + error);
    };
  }

  /** The threads that everything here depends on. */
  @Override
  public Liveness liveness() {
    return Stream.of(feed.liveness(), connections.liveness(), outbox.liveness(), peers.liveness())
        .filter(Liveness.Dead.class::isInstance)
        .findFirst()
        .orElse(Liveness.alive());
  }

  /** Connections end first, so that their edges find another pusher while this one stops. */
  @Override
  public void serverStopping() {
    connections.close();
  }

  /** Ends all connections, writes down that they ended, and closes the store. */
  @Override
  public void close() {
    connections.close();
    feed.close();
    peers.close();
    outbox.close();
    store.close();
  }

  /** Each pusher draws the same conclusions from the order of the topic. */
  private final class ConnectionOrder implements StatusListener {
    @Override
    public void overtaken(GroupId group, EdgeId edge, String connectionId) {
      connections.overtaken(edge, connectionId);
    }

    @Override
    public void contested(GroupId group, EdgeId edge, String connectionId) {
      outbox.openAgain(group, edge, connectionId);
    }
  }

  private boolean whenCaughtUp(Runnable then) {
    return feed.whenCaughtUp(then);
  }

  private static double behind(ConfigFeed feed) {
    return feed.state() instanceof FeedState.Restoring(long behind) ? behind : 0;
  }
}
