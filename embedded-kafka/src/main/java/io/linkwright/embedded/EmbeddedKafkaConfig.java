package io.linkwright.embedded;

import java.nio.file.Path;

/**
 * Where the broker keeps its data and listens.
 *
 * @param dataDir made if it does not exist; belongs to one running broker at a time
 * @param port on the loopback interface; 0 takes a free one
 */
public record EmbeddedKafkaConfig(Path dataDir, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the port and makes the directory absolute.
   *
   * @throws IllegalArgumentException if {@code port} is outside 0..65535
   */
  public EmbeddedKafkaConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port=%d is not within 0..%d".formatted(port, MAX_PORT));
    }
    dataDir = dataDir.toAbsolutePath().normalize();
  }
}
