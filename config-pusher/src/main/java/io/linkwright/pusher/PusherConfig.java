package io.linkwright.pusher;

import io.linkwright.pusher.delivery.DeliveryLimits;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the config pusher runs.
 *
 * @param bootstrapServers of the cluster, {@code host:port}, comma-separated
 * @param stateDir where its copy of {@code linkwright.edge-config} is kept; one process at a time.
 *     Losing it costs the time to read the topic again, nothing else
 * @param maxConnections edges connected at a time; further ones are sent away with 503
 * @param limits of each connection
 * @param kafka further client settings, as for TLS and SASL
 */
public record PusherConfig(
    String bootstrapServers,
    Path stateDir,
    int maxConnections,
    DeliveryLimits limits,
    Map<String, String> kafka) {
  /** Most connections one pusher may be configured for. */
  public static final int MAX_CONNECTIONS = 200_000;

  private static final int DEFAULT_MAX_CONNECTIONS = 20_000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public PusherConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers is empty: host:port expected");
    }
    if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException(
          "maxConnections=%d is not within 1..%d".formatted(maxConnections, MAX_CONNECTIONS));
    }
    kafka = Map.copyOf(kafka);
  }

  /** With the usual bounds. */
  public static PusherConfig of(String bootstrapServers, Path stateDir) {
    return new PusherConfig(
        bootstrapServers, stateDir, DEFAULT_MAX_CONNECTIONS, DeliveryLimits.DEFAULT, Map.of());
  }

  /** The same with further settings of Kafka's clients. */
  public PusherConfig withKafka(Map<String, String> settings) {
    return new PusherConfig(bootstrapServers, stateDir, maxConnections, limits, settings);
  }
}
