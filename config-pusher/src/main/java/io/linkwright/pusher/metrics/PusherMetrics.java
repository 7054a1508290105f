package io.linkwright.pusher.metrics;

import io.linkwright.edgeprotocol.ServerMessage.Config;
import io.linkwright.pusher.delivery.CloseReason;
import io.linkwright.pusher.delivery.Effect;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** What the pusher counts, all under {@code linkwright.pusher}. Thread-safe. */
public final class PusherMetrics {
  private static final String PREFIX = "linkwright.pusher.";
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Counter recordsRead;
  private final Counter configsSent;
  private final Counter linksSent;
  private final Counter configsAccepted;
  private final Counter configsRefused;
  private final Timer deliveryLatency;
  private final AtomicInteger outstanding = new AtomicInteger();

  /** Registers the meters. */
  public PusherMetrics(MeterRegistry registry) {
    this.registry = registry;
    recordsRead = counter("records.read", "Records of linkwright.edge-config read");
    configsSent = counter("configs.sent", "Configurations sent to edges");
    linksSent = counter("links.sent", "Links set or removed by configurations sent");
    configsAccepted = counter("configs.accepted", "Configurations acknowledged by edges");
    configsRefused = counter("configs.refused", "Configurations refused by edges");
    deliveryLatency =
        Timer.builder(PREFIX + "delivery.latency")
            .description("From a change read from Kafka to its acknowledgement by a connected edge")
            .serviceLevelObjectives(LATENCY_BUCKETS)
            .register(registry);
    registry.gauge(PREFIX + "configs.outstanding", outstanding);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(PREFIX + name).description(description).register(registry);
  }

  /** The connections whose number is the number of connected edges. */
  public void connectedEdges(Map<?, ?> connections) {
    registry.gaugeMapSize(PREFIX + "edges.connected", List.of(), connections);
  }

  /** Connections that have not proved themselves, and what they hold of unfinished messages. */
  public <T> void strangers(T source, ToDoubleFunction<T> sockets, ToDoubleFunction<T> chars) {
    registry.gauge(PREFIX + "strangers", source, sockets);
    registry.gauge(PREFIX + "strangers.unfinished.chars", source, chars);
  }

  /** How far the feed is behind while it restores. */
  public <T> void recordsBehind(T source, ToDoubleFunction<T> records) {
    registry.gauge(PREFIX + "feed.behind.records", source, records);
  }

  /** Records were read from the topic. */
  public void read(int records) {
    recordsRead.increment(records);
  }

  /** A record was not ours, or could not be read. */
  public void passedOver(String topic) {
    registry.counter(PREFIX + "records.passed.over", "topic", topic).increment();
  }

  /** How many edges in groups something is known of by what they report. */
  public <T> void knownPeers(T source, ToDoubleFunction<T> peers) {
    registry.gauge(PREFIX + "peers.known", source, peers);
  }

  /** A configuration was sent. */
  public void sent(Config config) {
    configsSent.increment();
    linksSent.increment((double) config.set().size() + config.remove().size());
  }

  /** A configuration was acknowledged. */
  public void accepted(Effect.Accepted accepted) {
    configsAccepted.increment();
    if (accepted.elapsedNanos() > 0) {
      deliveryLatency.record(accepted.elapsedNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** A configuration was refused. */
  public void refused() {
    configsRefused.increment();
  }

  /** So many more configurations wait for an answer. */
  public void outstanding(int more) {
    outstanding.addAndGet(more);
  }

  /** This side ended a connection. */
  public void closed(CloseReason reason) {
    registry
        .counter(PREFIX + "connections.closed", "code", Integer.toString(reason.code()))
        .increment();
  }
}
