package io.linkwright.cli.command;

import io.linkwright.domain.group.SealCheck;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.schemas.LogKey;
import io.linkwright.terminal.command.CommandFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a reader of the log proves its events with. */
final class LogKeyOption {
  @Option(
      names = "--controller-key",
      paramLabel = "FILE",
      description = {
        "The controller's key: check the MAC of each event, too.",
        "Default: only that there is one. Without the key a forged one shows where it was recovered"
            + " from, at the latest"
      })
  private Optional<Path> controllerKey;

  /** By the key, or by nothing but that there is a MAC. */
  SealCheck seals() {
    return controllerKey.map(LogKeyOption::mac).orElseGet(SealCheck::ofPresence);
  }

  private static SealCheck mac(Path file) {
    try {
      return new LogKey(ControllerKey.load(file).derive(LogKey.PURPOSE)).mac();
    } catch (IllegalArgumentException | UncheckedIOException unusable) {
      throw new CommandFailure(unusable.getMessage(), unusable);
    }
  }
}
