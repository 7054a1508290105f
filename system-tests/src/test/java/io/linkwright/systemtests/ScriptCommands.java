package io.linkwright.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.SystemCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes commands down, keys included, for a kernel that this process cannot call: one script for
 * each stage of a test. What is asked of the kernel finds nothing there.
 */
final class ScriptCommands implements SystemCommands {
  private final Path directory;
  private final String edge;
  private final StringBuilder script = new StringBuilder();

  ScriptCommands(Path directory, String edge) {
    this.directory = directory;
    this.edge = edge;
  }

  @Override
  public CommandResult run(Command command) {
    switch (command.purpose()) {
      case READ, PROBE -> {}
      case WRITE -> {
        script.append(command);
        command.input().ifPresent(input -> script.append(" <<'END'\n").append(input).append("END"));
        script.append('\n');
      }
    }
    return CommandResult.success("");
  }

  /** What was written down since the last stage becomes {@code EDGE-STAGE.sh}. */
  void endStage(String stage) {
    Path file = directory.resolve(edge + "-" + stage + ".sh");
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, script.toString().getBytes(UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    script.setLength(0);
  }
}
