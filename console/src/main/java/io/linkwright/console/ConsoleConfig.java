package io.linkwright.console;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Where the console listens and whom it asks.
 *
 * @param commandUrl of the command-service
 * @param queryUrl of the topology-stream
 */
public record ConsoleConfig(URI commandUrl, URI queryUrl, String host, int port) {
  static final String USAGE =
      "usage: --command-url URL --query-url URL [--host HOST, default 127.0.0.1] [--port PORT,"
          + " default 8090]";

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 8090;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  static ConsoleConfig parse(List<String> arguments) {
    Optional<URI> commandUrl = Optional.empty();
    Optional<URI> queryUrl = Optional.empty();
    String host = DEFAULT_HOST;
    int port = DEFAULT_PORT;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (!rest.hasNext()) {
        throw new IllegalArgumentException("%s needs a value, or is no option".formatted(option));
      }
      String value = rest.next();
      switch (option) {
        case "--command-url" -> commandUrl = Optional.of(URI.create(value));
        case "--query-url" -> queryUrl = Optional.of(URI.create(value));
        case "--host" -> host = value;
        case "--port" -> port = port(value);
        default -> throw new IllegalArgumentException("%s is no option".formatted(option));
      }
    }
    return new ConsoleConfig(
        commandUrl.orElseThrow(() -> new IllegalArgumentException("--command-url is missing")),
        queryUrl.orElseThrow(() -> new IllegalArgumentException("--query-url is missing")),
        host,
        port);
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException noNumber) {
      throw portRefused(value);
    }
    throw portRefused(value);
  }

  private static IllegalArgumentException portRefused(String value) {
    return new IllegalArgumentException(
        "--port %s is not within 0..%d, 0 takes a free one".formatted(value, MAX_PORT));
  }
}
