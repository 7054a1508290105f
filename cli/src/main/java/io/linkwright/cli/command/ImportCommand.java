package io.linkwright.cli.command;

import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.importing.GroupImport;
import io.linkwright.cli.importing.ImportConflictException;
import io.linkwright.cli.importing.ImportOutcome;
import io.linkwright.cli.importing.ImportTarget;
import io.linkwright.cli.network.GraphMlException;
import io.linkwright.cli.network.GraphMlNetwork;
import io.linkwright.cli.network.GraphMlReader;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.TunnelProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright import FILE.graphml}. */
@Command(
    name = "import",
    description = {
      "Make a real network a partial mesh.",
      "Parallel edges and self-loops are folded, labels become ids, positions are kept."
          + " Importing a file again changes nothing."
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "A GraphML file, as of the Internet Topology Zoo")
  private Path file;

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = "The group to import into. Default: made from the file's name")
  private Optional<GroupId> group;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "wireguard or ipsec. Default: as the group is, wireguard for a new one")
  private Optional<TunnelProtocol> protocol;

  @Option(
      names = "--dual-tunnel",
      negatable = true,
      description = "Two tunnels a link. Default: as the group is, one for a new one")
  private Optional<Boolean> dualTunnel;

  @Mixin private ActorOption actor;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws GraphMlException {
    GraphMlNetwork network = read();
    NetworkPlan plan = NetworkPlan.of(network);
    GroupId into = group.orElseGet(this::groupOfFile);
    ImportTarget target =
        new ImportTarget(
            into, network.name().orElse(into.value()), protocol, dualTunnel, actor.of(command));
    try (LinkwrightApi api = server.open()) {
      ConsoleSendingListener listener =
          new ConsoleSendingListener(command.commandLine().getErr(), "");
      ImportOutcome outcome = new GroupImport(api, target, listener).run(plan);
      output.writeText(ImportReport.json(into, plan.counts(), outcome), ImportReport::text);
    } catch (ImportConflictException conflict) {
      throw new CommandFailure(conflict.getMessage(), conflict);
    }
    return 0;
  }

  private GraphMlNetwork read() throws GraphMlException {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(command.commandLine(), "there is no file '%s'".formatted(file));
    }
    try {
      return GraphMlReader.read(file);
    } catch (IOException unreadable) {
      throw new CommandFailure("'%s' cannot be read: %s".formatted(file, unreadable), unreadable);
    }
  }

  private GroupId groupOfFile() {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return NetworkPlan.groupId(dot > 0 ? name.substring(0, dot) : name)
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "no id can be made from '%s': name the group with --group".formatted(name)));
  }
}
