package io.linkwright.command;

import io.linkwright.command.writer.WriterLimits;
import io.linkwright.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How the command service runs.
 *
 * @param bootstrapServers of the cluster, {@code host:port}, comma-separated
 * @param instanceId names this instance among all that share the partitions: the same after a
 *     restart, which then takes its partitions up again at once
 * @param advertisedUrl where other instances reach this one's HTTP server
 * @param sessionTimeout after which a silent instance's partitions go to others; brokers allow 6 s
 *     and more unless configured otherwise
 * @param requestTimeout after which a command is answered whatever has become of it
 * @param limits of each partition's writer
 * @param kafka further client settings, as for TLS and SASL
 */
public record CommandServiceConfig(
    String bootstrapServers,
    String instanceId,
    URI advertisedUrl,
    Duration sessionTimeout,
    Duration requestTimeout,
    WriterLimits limits,
    Map<String, String> kafka) {
  /** Shortest and longest session timeout. */
  public static final Duration MIN_SESSION_TIMEOUT = Duration.ofSeconds(6);

  /** Longest session timeout. */
  public static final Duration MAX_SESSION_TIMEOUT = Duration.ofMinutes(5);

  /** Longest wait for a command: the HTTP server cuts a silent request off a little later. */
  public static final Duration MAX_REQUEST_TIMEOUT =
      HttpServer.IDLE_TIMEOUT.minus(Duration.ofSeconds(5));

  private static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public CommandServiceConfig {
    requireText("bootstrapServers", bootstrapServers);
    requireText("instanceId", instanceId);
    String scheme = advertisedUrl.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || advertisedUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "advertisedUrl=%s is not http://host:port".formatted(advertisedUrl));
    }
    requireWithin("sessionTimeout", sessionTimeout, MIN_SESSION_TIMEOUT, MAX_SESSION_TIMEOUT);
    requireWithin("requestTimeout", requestTimeout, Duration.ofMillis(1), MAX_REQUEST_TIMEOUT);
    kafka = Map.copyOf(kafka);
  }

  /** With the default timeouts and limits. */
  public static CommandServiceConfig of(
      String bootstrapServers, String instanceId, URI advertisedUrl) {
    return new CommandServiceConfig(
        bootstrapServers,
        instanceId,
        advertisedUrl,
        DEFAULT_SESSION_TIMEOUT,
        DEFAULT_REQUEST_TIMEOUT,
        WriterLimits.DEFAULT,
        Map.of());
  }

  /** The same with further settings of Kafka's clients. */
  public CommandServiceConfig withKafka(Map<String, String> settings) {
    return new CommandServiceConfig(
        bootstrapServers,
        instanceId,
        advertisedUrl,
        sessionTimeout,
        requestTimeout,
        limits,
        settings);
  }

  Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("bootstrap.servers", bootstrapServers);
    return settings;
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s is blank".formatted(key));
    }
  }

  private static void requireWithin(String key, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "%s=%s is not within %s..%s".formatted(key, value, min, max));
    }
  }
}
