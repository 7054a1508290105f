package io.linkwright.cli.cluster;

import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.linkwright.terminal.command.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster that a service works on.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param registry URL of the schema registry, or {@code bundled:} for the bundled schemas
 * @param settings of all Kafka clients, as for TLS and SASL; may hold secrets
 */
public record ClusterAccess(
    String bootstrapServers, String registry, Map<String, String> settings) {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterAccess.class);
  private static final String REGISTRY_URL = "schema.registry.url";
  private static final String REGISTRY_CACHE = "schema.registry.cache.dir";

  /** Copies the map. */
  public ClusterAccess {
    settings = Map.copyOf(settings);
  }

  /**
   * With the settings in a properties file, as Kafka's own tools take one.
   *
   * @throws CommandFailure if it cannot be read
   */
  public static ClusterAccess of(
      String bootstrapServers, String registry, Optional<Path> settingsFile) {
    return new ClusterAccess(
        bootstrapServers, registry, settingsFile.isPresent() ? read(settingsFile.get()) : Map.of());
  }

  /** How values are written; nothing is asked of the registry yet. */
  public WireFormat wire() {
    return WireFormat.configured(wireSettings());
  }

  /** The same, and what the registry answers is kept for a start without it. */
  public WireFormat wire(Path directory) {
    Map<String, String> config = wireSettings();
    config.put(REGISTRY_CACHE, directory.toString());
    return WireFormat.configured(config);
  }

  private Map<String, String> wireSettings() {
    Map<String, String> config = new HashMap<>(settings);
    config.put(REGISTRY_URL, registry);
    return config;
  }

  /**
   * Creates the topics that do not exist.
   *
   * @param layout by the number of brokers
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer or refuses
   */
  public void ensureTopics(IntFunction<TopicLayout> layout) {
    try (Admin admin = admin()) {
      LinkwrightTopics.ensure(admin, layout.apply(LinkwrightTopics.brokers(admin)));
    }
  }

  /**
   * Holds the topics against what is needed, and logs what makes the installation weaker than it
   * could be.
   *
   * @throws io.linkwright.schemas.TopicMismatchException if one is missing or not as it must be
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer
   */
  public void checkTopics() {
    try (Admin admin = admin()) {
      LinkwrightTopics.check(admin).forEach(doubt -> LOG.warn("topics: {}", doubt));
    } catch (AuthorizationException unseen) {
      // Who may read and write need not be allowed to look at configurations.
      LOG.warn("topics are not checked reason={}", unseen.getMessage());
    }
  }

  private Admin admin() {
    Map<String, Object> config = new HashMap<>(settings);
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return Admin.create(config);
  }

  /** Leaves the settings out: there are passwords among them. */
  @Override
  public String toString() {
    return "ClusterAccess[%s, registry %s]".formatted(bootstrapServers, registry);
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CommandFailure(
          "--kafka-config %s cannot be read as a properties file: %s".formatted(file, unreadable),
          unreadable);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
