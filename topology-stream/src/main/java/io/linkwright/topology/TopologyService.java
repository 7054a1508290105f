package io.linkwright.topology;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import io.linkwright.topology.query.QueryRoutes;
import io.linkwright.topology.view.ChangeFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology service: applies the log to the view, publishes what it means for each group's
 * topology, and answers queries. Its methods may be called from any thread.
 */
public final class TopologyService implements HttpModule, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final StreamFaults faults;
  private final RestoreProgress restored;
  private final KafkaEventLog log;
  private final InstanceForwarding forwarding;
  private final QueryRoutes routes;

  private TopologyService(
      KafkaStreams streams,
      StreamFaults faults,
      RestoreProgress restored,
      KafkaEventLog log,
      InstanceForwarding forwarding,
      QueryRoutes routes) {
    this.streams = streams;
    this.faults = faults;
    this.restored = restored;
    this.log = log;
    this.forwarding = forwarding;
    this.routes = routes;
  }

  /**
   * Starts to apply the log, and returns. {@link #readiness()} says when queries can be answered.
   *
   * @throws IllegalStateException if the topics do not exist, or do not agree in their partitions
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer
   */
  public static TopologyService start(
      TopologyConfig config, WireFormat wire, MeterRegistry metrics) {
    int partitions =
        SourceTopics.partitions(
            config, LinkwrightTopics.EVENTS.name(), LinkwrightTopics.EDGE_STATUS.name());
    LiveView live = LiveView.of(partitions, metrics, config.clock());
    KafkaStreams streams =
        new KafkaStreams(TopologyStream.build(wire, live), StreamSettings.of(config));
    StreamFaults faults = new StreamFaults(config.clock());
    streams.setUncaughtExceptionHandler(faults);
    RestoreProgress restored = new RestoreProgress();
    streams.setGlobalStateRestoreListener(restored);
    KafkaEventLog log = new KafkaEventLog(config, wire.events().deserializer());
    InstanceForwarding forwarding = QueryRoutes.forwarding(config.instanceId());
    QueryRoutes routes =
        new QueryRoutes(
            new QueryRoutes.Instances(
                new StreamPartitions(streams, partitions, config.advertisedUrl()), forwarding),
            new QueryRoutes.Live(live.clock(), live.feed()),
            log,
            config.clock());
    Gauge.builder("linkwright.topology.watchers", live.feed(), ChangeFeed::watching)
        .description("Streams of changes, and queries that wait for a revision")
        .register(metrics);
    streams.start();
    LOG.info(
        "topology service started bootstrap={} dir={} instance={} partitions={}",
        config.bootstrapServers(),
        config.stateDir(),
        config.instanceId(),
        partitions);
    return new TopologyService(streams, faults, restored, log, forwarding, routes);
  }

  @Override
  public String name() {
    return "topology-stream";
  }

  @Override
  public void routes(JavalinConfig config) {
    routes.addTo(config.routes);
  }

  @Override
  public Readiness readiness() {
    if (faults.fatal().isPresent()) {
      return Readiness.notReady("the stream has stopped: " + faults.fatal().get());
    }
    return switch (streams.state()) {
      case RUNNING -> Readiness.ready();
      case CREATED, REBALANCING ->
          Readiness.notReady("the view is being restored: " + restored.text());
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR ->
          Readiness.notReady("the stream is stopped");
    };
  }

  @Override
  public void serverStopping() {
    routes.close();
  }

  /** Commits what was applied and stops; gives up waiting after 10 s. */
  @Override
  public void close() {
    routes.close();
    if (!streams.close(CLOSE_TIMEOUT)) {
      LOG.warn("stream did not stop timeout_s={}", CLOSE_TIMEOUT.toSeconds());
    }
    log.close();
    forwarding.close();
  }
}
