package io.linkwright.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class LoopbackPort {
  /** The address that goes with them. */
  public static final String HOST = "127.0.0.1";

  /**
   * Free ports are looked for below those that systems give to outgoing connections (from 32,768 on
   * Linux, from 49,152 by RFC 6335): one of those may be some client's before its server listens.
   */
  private static final int LOWEST = 15_000;

  private static final int HIGHEST = 32_000;
  private static final int MAX_ATTEMPTS = 100;
  private static final int BACKLOG = 1;

  private LoopbackPort() {}

  /**
   * The port if it is free, or some free port for 0. Another process may listen on it before the
   * caller does, who then fails to start.
   *
   * @throws EmbeddedKafkaException if it is taken or may not be used
   */
  public static int free(int port) {
    if (port != 0) {
      return bound(port);
    }
    EmbeddedKafkaException lastTaken = null;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        return bound(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST));
      } catch (EmbeddedKafkaException taken) {
        lastTaken = taken;
      }
    }
    throw lastTaken;
  }

  private static int bound(int port) {
    try (ServerSocket socket = new ServerSocket(port, BACKLOG, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      throw new EmbeddedKafkaException(
          "port %d of %s cannot be used: %s".formatted(port, HOST, taken.getMessage()), taken);
    }
  }
}
