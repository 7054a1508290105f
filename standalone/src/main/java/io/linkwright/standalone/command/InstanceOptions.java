package io.linkwright.standalone.command;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** How an instance is known among those that share its work. */
final class InstanceOptions {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

  @Option(
      names = "--instance-id",
      required = true,
      paramLabel = "ID",
      description = {
        "Names this instance: another for each, the same after a restart, which then",
        "takes its partitions up again at once. Letters, digits, '.', '_' and '-'"
      })
  private String id;

  @Option(
      names = "--advertised-url",
      paramLabel = "URL",
      description = "Where other instances reach this one. Default: http://HOST:PORT as it listens")
  private Optional<URI> advertisedUrl;

  String id() {
    return id;
  }

  /**
   * Where the others find it.
   *
   * @throws IllegalArgumentException if it listens on every address and nobody says which counts
   */
  URI url(ServeOptions options) {
    if (advertisedUrl.isEmpty() && EVERY_ADDRESS.contains(options.host())) {
      throw new IllegalArgumentException(
          "--advertised-url is needed with --host %s: others cannot connect to that"
              .formatted(options.host()));
    }
    return advertisedUrl.orElseGet(
        () -> URI.create("http://%s:%d".formatted(options.host(), options.port())));
  }
}
