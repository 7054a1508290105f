package io.linkwright.standalone.run;

/**
 * How the all-in-one run is laid out on this machine.
 *
 * @param httpPort 0 takes a free one
 * @param kafkaPort 0 takes a free one
 */
public record AllInOneConfig(int httpPort, int kafkaPort) {
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the ports.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  public AllInOneConfig {
    requirePort("--port", httpPort);
    requirePort("--kafka-port", kafkaPort);
    if (httpPort != 0 && httpPort == kafkaPort) {
      throw new IllegalArgumentException(
          "--port and --kafka-port are both %d: two different ones are needed".formatted(httpPort));
    }
  }

  /** Whatever is free: for runs that nobody else has to find. */
  public static AllInOneConfig onFreePorts() {
    return new AllInOneConfig(0, 0);
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "%s %d is not within 0..%d".formatted(option, port, MAX_PORT));
    }
  }
}
