package io.linkwright.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
final class LoopbackPort {
  static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 1;

  private LoopbackPort() {}

  /**
   * The port if it is free, or some free port for 0. Another process may take it before the broker
   * does; the broker then fails to start.
   *
   * @throws EmbeddedKafkaException if it is taken or may not be used
   */
  static int free(int port) {
    try (ServerSocket socket = new ServerSocket(port, BACKLOG, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      throw new EmbeddedKafkaException(
          "port %d of %s cannot be used: %s".formatted(port, HOST, taken.getMessage()), taken);
    }
  }
}
