package io.linkwright.topology;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * How the topology service runs.
 *
 * @param bootstrapServers of the cluster, {@code host:port}, comma-separated
 * @param stateDir where the view is kept; one process at a time. Losing it costs the time to
 *     restore it from the cluster, nothing else
 * @param instanceId names this instance among all that share the work: the same after a restart,
 *     which then takes its partitions up again at once
 * @param advertisedUrl where the other instances reach this one's HTTP server, {@code
 *     http://host:port}; empty if it has all partitions to itself
 * @param streamThreads threads that apply events
 * @param commitInterval how often what was applied is committed: what {@code linkwright.topology}
 *     lags behind the view
 * @param clock tells which reports of edges are still worth something
 * @param kafka further client settings, as for TLS and SASL
 */
public record TopologyConfig(
    String bootstrapServers,
    Path stateDir,
    String instanceId,
    Optional<URI> advertisedUrl,
    int streamThreads,
    Duration commitInterval,
    InstantSource clock,
    Map<String, String> kafka) {
  /** Most stream threads of one instance. */
  public static final int MAX_STREAM_THREADS = 64;

  /** Longest interval between commits. */
  public static final Duration MAX_COMMIT_INTERVAL = Duration.ofSeconds(10);

  /** Queries see what is applied without waiting for the commit; a shorter interval costs CPU. */
  private static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(50);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public TopologyConfig {
    requireText("bootstrapServers", bootstrapServers);
    requireText("instanceId", instanceId);
    advertisedUrl.ifPresent(TopologyConfig::requireHostAndPort);
    if (streamThreads < 1 || streamThreads > MAX_STREAM_THREADS) {
      throw new IllegalArgumentException(
          "streamThreads=%d is not within 1..%d".formatted(streamThreads, MAX_STREAM_THREADS));
    }
    if (commitInterval.toMillis() < 1 || commitInterval.compareTo(MAX_COMMIT_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "commitInterval=%s is not within PT0.001S..%s"
              .formatted(commitInterval, MAX_COMMIT_INTERVAL));
    }
    kafka = Map.copyOf(kafka);
  }

  /** One instance by itself. */
  public static TopologyConfig single(String bootstrapServers, Path stateDir) {
    return new TopologyConfig(
        bootstrapServers,
        stateDir,
        "single",
        Optional.empty(),
        1,
        DEFAULT_COMMIT_INTERVAL,
        InstantSource.system(),
        Map.of());
  }

  /** The same as one of several instances, each with a name and an address of its own. */
  public TopologyConfig among(String instance, URI url) {
    return new TopologyConfig(
        bootstrapServers,
        stateDir,
        instance,
        Optional.of(url),
        streamThreads,
        commitInterval,
        clock,
        kafka);
  }

  /** The same with further settings of Kafka's clients. */
  public TopologyConfig withKafka(Map<String, String> settings) {
    return new TopologyConfig(
        bootstrapServers,
        stateDir,
        instanceId,
        advertisedUrl,
        streamThreads,
        commitInterval,
        clock,
        settings);
  }

  private static void requireHostAndPort(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getPort() < 0) {
      throw new IllegalArgumentException("advertisedUrl=%s is not http://host:port".formatted(url));
    }
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s is empty".formatted(key));
    }
  }
}
