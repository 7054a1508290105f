package io.linkwright.standalone.run;

import io.linkwright.embedded.EmbeddedKafkaException;
import io.linkwright.embedded.LoopbackPort;

/** Looks at ports before anything starts, so that a taken one costs no half-started run. */
final class FreePort {
  private FreePort() {}

  /**
   * Makes sure that nobody listens.
   *
   * @param port 0 stands for any free one
   * @return {@code port}, or the free one found
   * @throws RunException naming the port and the option that takes another
   */
  static int require(int port, String option) throws RunException {
    try {
      return LoopbackPort.free(port);
    } catch (EmbeddedKafkaException taken) {
      throw new RunException(
          "%s. Stop what listens there, or take another with %s."
              .formatted(taken.getMessage(), option),
          taken);
    }
  }
}
