package io.linkwright.cli.cluster;

import io.linkwright.terminal.command.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which Kafka cluster a command works on. */
public final class ClusterOptions {
  private static final String BUNDLED = "bundled:";

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Of the Kafka cluster; several joined by commas")
  private String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties for all Kafka clients, as for TLS and SASL")
  private Optional<Path> kafkaConfig;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = BUNDLED,
      description = {
        "Schema registry with Confluent's REST API, the same for all services.",
        "Default: none, the bundled schemas under their fixed ids"
      })
  private String registry;

  /**
   * The cluster; nothing is asked of it yet.
   *
   * @throws CommandFailure if the file with its properties cannot be read
   */
  public ClusterAccess access() {
    return ClusterAccess.of(bootstrapServers, registry, kafkaConfig);
  }
}
