package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.importing.GroupImport;
import io.linkwright.cli.importing.ImportConflictException;
import io.linkwright.cli.importing.ImportOutcome;
import io.linkwright.cli.importing.ImportTarget;
import io.linkwright.cli.network.DisplayNames;
import io.linkwright.cli.network.GraphMlException;
import io.linkwright.cli.network.GraphMlNetwork;
import io.linkwright.cli.network.GraphMlReader;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
  public Integer call() {
    GraphMlNetwork network = read();
    NetworkPlan plan = NetworkPlan.of(network);
    GroupId into = group.orElseGet(this::groupOfFile);
    String name = network.name().flatMap(DisplayNames::of).orElse(into.value());
    ImportTarget target = new ImportTarget(into, name, protocol, dualTunnel, actor.of(command));
    try (LinkwrightApi api = server.open()) {
      ConsoleSendingListener listener =
          new ConsoleSendingListener(command.commandLine().getErr(), "");
      ImportOutcome outcome = new GroupImport(api, target, listener).run(plan);
      ObjectNode report = ImportReport.json(into, plan.counts(), outcome);
      notes(network, name, plan).forEach(report.putArray("notes")::add);
      output.writeText(report, ImportReport::text);
    } catch (ImportConflictException conflict) {
      throw new CommandFailure(conflict.getMessage(), conflict);
    }
    return 0;
  }

  /** What is not quite as it stands in the file. */
  private static List<String> notes(GraphMlNetwork network, String name, NetworkPlan plan) {
    List<String> notes = new ArrayList<>();
    if (network.name().filter(said -> !said.equals(name)).isPresent()) {
      notes.add("the graph's name was made one that a group can have: " + name);
    }
    long renamed =
        IntStream.range(0, plan.members().size())
            .filter(
                i -> {
                  String label = network.nodes().get(i).label();
                  return !label.isEmpty() && !label.equals(plan.members().get(i).name());
                })
            .count();
    if (renamed > 0) {
      notes.add("%d labels were made names that a member can have".formatted(renamed));
    }
    return notes;
  }

  private GraphMlNetwork read() {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(command.commandLine(), "there is no file '%s'".formatted(file));
    }
    try {
      return GraphMlReader.read(file);
    } catch (GraphMlException damaged) {
      throw new CommandFailure(damaged.getMessage(), damaged);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "'%s' cannot be read: %s".formatted(file, FileFault.words(unreadable)), unreadable);
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
