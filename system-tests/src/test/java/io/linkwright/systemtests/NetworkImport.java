package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Real operators' networks through the command line, as IPsec with two tunnels for each link. */
final class NetworkImport {
  static final Path ABILENE =
      Path.of("..", "cli/src/main/resources/io/linkwright/cli/networks/Abilene.graphml");
  static final Path KDL = large("Kdl.graphml");
  static final Path DIALTELECOM = large("DialtelecomCz.graphml");

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private NetworkImport() {}

  static void run(LinkwrightProcess.Site site, Path file, String group) {
    List<String> arguments =
        List.of(
            "import",
            file.toString(),
            "--group",
            group,
            "--protocol",
            "ipsec",
            "--dual-tunnel",
            "--server",
            site.server().toString());
    try (LinkwrightProcess run = LinkwrightProcess.run(arguments)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
    }
  }

  private static Path large(String file) {
    return Path.of("..", "cli/src/test/resources/networks", file);
  }
}
