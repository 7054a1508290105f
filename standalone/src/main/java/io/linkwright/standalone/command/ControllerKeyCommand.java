package io.linkwright.standalone.command;

import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code linkwright controller-key create}. */
@Command(
    name = "controller-key",
    description = "Make the key that signs what edges get.",
    synopsisSubcommandLabel = "(create)",
    subcommands = ControllerKeyCommand.Create.class)
final class ControllerKeyCommand {
  private ControllerKeyCommand() {}

  /** {@code linkwright controller-key create}. */
  @Command(
      name = "create",
      description = {
        "Make a controller key for a new cluster: Ed25519, PKCS#8 in PEM, readable by you alone.",
        "All instances of the command service need the same one. Keep a copy: without it no edge"
            + " takes configuration any more."
      })
  static final class Create implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "Where to; must not exist yet")
    private Path file;

    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      if (Files.exists(file)) {
        throw new CommandFailure("%s exists already: a key is never overwritten".formatted(file));
      }
      try {
        String keyId = ControllerKey.loadOrCreate(file).publicKey().keyId();
        output.writeText(
            LinkwrightApi.mapper().createObjectNode().put("controllerKeyId", keyId),
            made -> "made controller key %s in %s".formatted(keyId, file));
        return 0;
      } catch (UncheckedIOException unwritten) {
        throw new CommandFailure(unwritten.getMessage(), unwritten);
      }
    }
  }
}
