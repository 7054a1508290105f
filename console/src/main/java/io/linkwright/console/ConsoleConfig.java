package io.linkwright.console;

import io.linkwright.console.api.HttpAddress;
import io.linkwright.console.api.Services;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Where the console listens and whom it asks.
 *
 * @param docsUrl of a server with {@code /docs} and {@code /openapi.json}, as browsers reach it;
 *     empty if there is none
 */
public record ConsoleConfig(Services services, Optional<URI> docsUrl, String host, int port) {
  static final String USAGE =
      "usage: --command-url URL --query-url URL [--docs-url URL of a server with /docs and"
          + " /openapi.json] [--host HOST, default 127.0.0.1] [--port PORT, default 8090]";

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 8090;
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  public ConsoleConfig {
    docsUrl.ifPresent(url -> HttpAddress.require("--docs-url", url));
    if (port < 0 || port > MAX_PORT) {
      throw portRefused(Integer.toString(port));
    }
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException naming the option, the value and what is allowed
   */
  static ConsoleConfig parse(List<String> arguments) {
    Optional<URI> commandUrl = Optional.empty();
    Optional<URI> queryUrl = Optional.empty();
    Optional<URI> docsUrl = Optional.empty();
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
        case "--command-url" -> commandUrl = Optional.of(url(option, value));
        case "--query-url" -> queryUrl = Optional.of(url(option, value));
        case "--docs-url" -> docsUrl = Optional.of(url(option, value));
        case "--host" -> host = value;
        case "--port" -> port = port(value);
        default -> throw new IllegalArgumentException("%s is no option".formatted(option));
      }
    }
    Services services =
        new Services(
            commandUrl.orElseThrow(() -> new IllegalArgumentException("--command-url is missing")),
            queryUrl.orElseThrow(() -> new IllegalArgumentException("--query-url is missing")));
    return new ConsoleConfig(services, docsUrl, host, port);
  }

  private static URI url(String option, String value) {
    try {
      return HttpAddress.require(option, URI.create(value));
    } catch (IllegalArgumentException noUrl) {
      throw HttpAddress.refused(option, value);
    }
  }

  private static int port(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException noNumber) {
      throw portRefused(value);
    }
  }

  private static IllegalArgumentException portRefused(String value) {
    return new IllegalArgumentException(
        "--port %s is not within 0..%d, 0 takes a free one".formatted(value, MAX_PORT));
  }
}
