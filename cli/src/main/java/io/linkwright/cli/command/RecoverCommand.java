package io.linkwright.cli.command;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.cluster.ClusterOptions;
import io.linkwright.cli.replay.LogReplay;
import io.linkwright.cli.replay.LogReplayState;
import io.linkwright.cli.replay.ReplayException;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.DamageAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.httpapi.client.Answer;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.httpapi.receipt.RecoveryReceipt;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright recover}. */
@Command(
    name = "recover",
    description = {
      "Without GROUP: list the groups that stand still at damage of their log, as the server or,"
          + " with --bootstrap-servers, the log itself has them.",
      "With GROUP: let it go on from its last good state. What stands on the log after that is set"
          + " aside, and all members with keys and all links are configured anew, above all"
          + " revisions on the log. Also for a log that was restored and is older than what edges"
          + " hold: see --above-revision."
    },
    subcommands = RecoverCommand.EdgeConfig.class)
final class RecoverCommand implements Callable<Integer> {
  /** What is listed. */
  private record Report(List<Damaged> damaged) {}

  /** A group that stands still, and where. */
  private record Damaged(
      GroupId group,
      long lastRevision,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<DamageAnswer> damage) {}

  @Spec private CommandSpec command;

  @Parameters(index = "0", arity = "0..1", paramLabel = "GROUP", description = "Id of the group")
  private Optional<GroupId> group;

  @Option(
      names = "--above-revision",
      paramLabel = "REVISION",
      description = {
        "New revisions are above this one, too: the highest that an edge of the group holds.",
        "Default: above all on the log"
      })
  private Optional<Long> aboveRevision;

  @Option(names = "--yes", description = "Do it. Default: decide and answer, change nothing")
  private boolean confirmed;

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private ClusterOptions cluster;

  @Mixin private LogKeyOption logKey;
  @Mixin private ActorOption actor;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    if (group.isEmpty()) {
      Report report = new Report(cluster != null ? ofLog(cluster) : ofServer());
      output.writeText(ApiJson.tree(report), _ -> listed(report.damaged()));
      return 0;
    }
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          recover(api, group.get(), aboveRevision.orElse(0L), confirmed, actor.of(command)),
          receipt -> outcome(group.get(), receipt, confirmed));
    }
    return 0;
  }

  private static Answer<RecoveryReceipt> recover(
      LinkwrightApi api, GroupId group, long above, boolean confirmed, Optional<String> actor) {
    ObjectNode body = LinkwrightApi.mapper().createObjectNode().put("aboveRevision", above);
    ApiCommand asked = ApiCommand.post(ApiPaths.at(ApiPaths.GROUP_RECOVER, group), body);
    ApiCommand stamped = actor.map(asked::withActor).orElse(asked);
    return api.send(confirmed ? stamped : stamped.asDryRun(), RecoveryReceipt.class);
  }

  private static String outcome(GroupId group, RecoveryReceipt receipt, boolean confirmed) {
    String done =
        "%s %s from revision %s at revision %s: configuration of %s members and %s links written anew"
            .formatted(
                confirmed ? "recovered" : "would recover",
                group,
                receipt.lastRevision(),
                receipt.revision(),
                receipt.members(),
                receipt.links());
    return confirmed ? done : "%s%nTo do it: --yes".formatted(done);
  }

  private List<Damaged> ofServer() {
    try (LinkwrightApi api = server.open()) {
      return Pages.all(api, ApiPaths.GROUPS, GroupPage.ITEMS, GroupPage.class)
          .value()
          .items()
          .stream()
          .filter(group -> group.damage().isPresent())
          .map(group -> new Damaged(group.id(), group.revision(), group.damage()))
          .toList();
    }
  }

  private List<Damaged> ofLog(ClusterOptions options) {
    LogReplayState fold = new LogReplayState(logKey.seals());
    var progress = new ConsoleReplayListener(command.commandLine().getErr());
    try (LogReplay replay = new LogReplay(options.access(), fold, progress)) {
      replay.run();
    } catch (ReplayException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    } catch (KafkaException noClient) {
      throw new CommandFailure("Kafka cannot be asked: " + noClient.getMessage(), noClient);
    }
    List<Damaged> damaged = new ArrayList<>();
    fold.groups()
        .forEach(
            (id, replayed) -> {
              if (!replayed.sound()) {
                damaged.add(new Damaged(id, replayed.state().revision(), lastDamage(fold, id)));
              }
            });
    return damaged;
  }

  /** The one at which the group stands still; those before were recovered from. */
  private static Optional<DamageAnswer> lastDamage(LogReplayState fold, GroupId group) {
    return fold.damages().stream()
        .filter(damage -> damage.group().equals(group.value()))
        .reduce((_, later) -> later)
        .map(
            damage ->
                new DamageAnswer(
                    damage.partition(), damage.offset(), damage.revision(), damage.what()));
  }

  private static String listed(List<Damaged> groups) {
    if (groups.isEmpty()) {
      return "no group is damaged";
    }
    Table table =
        new Table(
            left("GROUP"),
            right("LAST GOOD REVISION"),
            right("PARTITION"),
            right("OFFSET"),
            left("DAMAGE"));
    for (Damaged group : groups) {
      table.row(
          group.group(),
          group.lastRevision(),
          group.damage().map(damage -> Integer.toString(damage.partition())).orElse(""),
          group.damage().map(damage -> Long.toString(damage.offset())).orElse(""),
          group.damage().map(damage -> Printable.of(damage.reason())).orElse(""));
    }
    return table.render("");
  }

  /** {@code linkwright recover edge-config}. */
  @Command(
      name = "edge-config",
      description = {
        "Write the configuration of all edges anew, from the log: after linkwright.edge-config was"
            + " lost or damaged.",
        "Every link gets new keys."
      })
  static final class EdgeConfig implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description = "Of this group only. Default: all")
    private Optional<GroupId> group;

    @Option(names = "--yes", description = "Do it. Default: decide and answer, change nothing")
    private boolean confirmed;

    @Mixin private ActorOption actor;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      try (LinkwrightApi api = server.open()) {
        ObjectNode report = LinkwrightApi.mapper().createObjectNode();
        List<String> lines = new ArrayList<>();
        for (GroupId each : groups(api)) {
          Answer<RecoveryReceipt> receipt = recover(api, each, 0, confirmed, actor.of(command));
          report.set(each.value(), receipt.json());
          lines.add(outcome(each, receipt.value(), confirmed));
        }
        output.writeText(
            report,
            _ ->
                lines.isEmpty() ? "there is no group" : String.join(System.lineSeparator(), lines));
      }
      return 0;
    }

    private List<GroupId> groups(LinkwrightApi api) {
      if (group.isPresent()) {
        return List.of(group.get());
      }
      return Pages.all(api, ApiPaths.GROUPS, GroupPage.ITEMS, GroupPage.class)
          .value()
          .items()
          .stream()
          .map(shown -> shown.id())
          .toList();
    }
  }
}
