package io.linkwright.cli.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at ports before anything starts, so that a taken one costs no half-started run. */
final class LoopbackPort {
  private LoopbackPort() {}

  /**
   * Makes sure that nobody listens.
   *
   * @param port 0 stands for any free one
   * @return {@code port}, or the free one found
   * @throws RunException naming the port and the option that takes another
   */
  static int requireFree(int port, String option) throws RunException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return probe.getLocalPort();
    } catch (IOException taken) {
      throw new RunException(
          "port %d on 127.0.0.1 cannot be used (%s). Stop what listens there, or take another with %s."
              .formatted(port, taken.getMessage(), option),
          taken);
    }
  }
}
