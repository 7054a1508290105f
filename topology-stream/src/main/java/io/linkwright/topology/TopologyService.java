package io.linkwright.topology;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import io.linkwright.topology.query.QueryRoutes;
import io.linkwright.topology.view.ChangeFeed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology service: applies the log to the view, publishes what it means for each group's
 * topology, and answers queries. Its methods may be called from any thread.
 */
public final class TopologyService implements HttpModule, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyService.class);

  private final SupervisedStream stream;
  private final ViewAges ages;
  private final EndWatch ends;
  private final KafkaEventLog log;
  private final InstanceForwarding forwarding;
  private final QueryRoutes routes;

  private TopologyService(
      SupervisedStream stream,
      ViewAges ages,
      EndWatch ends,
      KafkaEventLog log,
      InstanceForwarding forwarding,
      QueryRoutes routes) {
    this.stream = stream;
    this.ages = ages;
    this.ends = ends;
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
    SourceTopics topics =
        SourceTopics.of(
            config, LinkwrightTopics.EVENTS.name(), LinkwrightTopics.EDGE_STATUS.name());
    int partitions = topics.partitions();
    KafkaEventLog log = new KafkaEventLog(config, wire.events().deserializer());
    LiveView live = LiveView.of(partitions, log, metrics, config.clock());
    StreamFaults faults = new StreamFaults();
    ViewAges ages = new ViewAges(System.nanoTime());
    EndWatch ends = new EndWatch(config, ages, System::nanoTime);
    AtomicReference<SupervisedStream> self = new AtomicReference<>();
    SupervisedStream stream =
        new SupervisedStream(
            () ->
                new KafkaStreams(
                    TopologyStream.build(wire, live), StreamSettings.of(config, topics.log())),
            faults,
            new StateFiles(config.stateDir()),
            new RestoreProgress(),
            () -> ends.check(self.get().current()),
            System::nanoTime);
    self.set(stream);
    InstanceForwarding forwarding = QueryRoutes.forwarding(config.instanceId());
    QueryRoutes routes =
        new QueryRoutes(
            new QueryRoutes.Instances(
                new StreamPartitions(
                    stream::current,
                    partition -> ages.age(partition, System.nanoTime()),
                    partitions,
                    config.advertisedUrl()),
                forwarding),
            new QueryRoutes.Live(live.clock(), live.feed()),
            log,
            config.clock());
    Gauge.builder("linkwright.topology.watchers", live.feed(), ChangeFeed::watching)
        .description("Streams of changes, and queries that wait for a revision")
        .register(metrics);
    FunctionCounter.builder("linkwright.topology.stream.faults", faults, StreamFaults::count)
        .description("Faults after which the stream was started again, or stopped for good")
        .register(metrics);
    stream.start();
    LOG.info(
        "topology service started bootstrap={} dir={} instance={} partitions={}",
        config.bootstrapServers(),
        config.stateDir(),
        config.instanceId(),
        partitions);
    return new TopologyService(stream, ages, ends, log, forwarding, routes);
  }

  @Override
  public String name() {
    return "topology-stream";
  }

  @Override
  public void routes(JavalinConfig config) {
    routes.addTo(config.routes);
  }

  /** Ready means that it answers, and with what the log says now. */
  @Override
  public Readiness readiness() {
    return stream.readiness() instanceof Readiness.NotReady unready
        ? unready
        : ages.readiness(System.nanoTime());
  }

  @Override
  public Liveness liveness() {
    return stream.liveness();
  }

  @Override
  public void serverStopping() {
    routes.close();
  }

  /** Commits what was applied and stops; gives up waiting after 10 s. */
  @Override
  public void close() {
    routes.close();
    stream.close();
    ends.close();
    log.close();
    forwarding.close();
  }
}
