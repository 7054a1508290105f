package io.linkwright.agent.device;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where an edge is kept. */
final class StateDirectoryOption {
  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where the edge's keys and configuration are kept. Default:"
              + " ~/.local/state/linkwright-edge, or as XDG_STATE_HOME says")
  private Optional<Path> directory;

  EdgeHome home() {
    return new EdgeHome(
        directory.orElseGet(
            () ->
                EdgeHome.defaultDirectory(
                    System.getenv(), Path.of(System.getProperty("user.home")))));
  }
}
