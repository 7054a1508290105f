package io.linkwright.cli.command;

import static io.linkwright.cli.output.Table.left;
import static io.linkwright.cli.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.output.Table;
import io.linkwright.cli.replay.Damage;
import io.linkwright.cli.replay.LogReplay;
import io.linkwright.cli.replay.LogReplayState;
import io.linkwright.cli.replay.ReplayException;
import io.linkwright.cli.run.RunException;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
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
  private static final String DAMAGED = "damaged";
  private static final String DAMAGE = "damage";

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

  @Mixin private ActorOption actor;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    if (group.isEmpty()) {
      output.writeText(cluster != null ? ofLog(cluster) : ofServer(), this::listed);
      return 0;
    }
    try (LinkwrightApi api = server.open()) {
      output.writeOutcome(
          recover(api, group.get(), aboveRevision.orElse(0L), confirmed, actor.of(command)),
          answer -> outcome(group.get(), answer, confirmed));
    }
    return 0;
  }

  private static JsonNode recover(
      LinkwrightApi api, GroupId group, long above, boolean confirmed, Optional<String> actor) {
    ObjectNode body = LinkwrightApi.mapper().createObjectNode().put("aboveRevision", above);
    ApiCommand asked = ApiCommand.post(ApiPaths.at(ApiPaths.GROUP_RECOVER, group), body);
    ApiCommand stamped = actor.map(asked::withActor).orElse(asked);
    return api.send(confirmed ? stamped : stamped.asDryRun());
  }

  private static String outcome(GroupId group, JsonNode answer, boolean confirmed) {
    String done =
        "%s %s from revision %s at revision %s: configuration of %s members and %s links written anew"
            .formatted(
                confirmed ? "recovered" : "would recover",
                group,
                answer.path("lastRevision").asText(),
                answer.path("revision").asText(),
                answer.path("members").asText(),
                answer.path("links").asText());
    return confirmed ? done : "%s%nTo do it: --yes".formatted(done);
  }

  private ObjectNode ofServer() {
    ObjectNode report = LinkwrightApi.mapper().createObjectNode();
    ArrayNode damaged = report.putArray(DAMAGED);
    try (LinkwrightApi api = server.open()) {
      for (JsonNode shown : Pages.all(api, ApiPaths.GROUPS, "groups").path("groups")) {
        if (shown.hasNonNull(DAMAGE)) {
          ObjectNode row = damaged.addObject().put("group", shown.path("id").asText());
          row.put("lastRevision", shown.path("revision").asLong());
          row.set(DAMAGE, shown.path(DAMAGE));
        }
      }
    }
    return report;
  }

  private ObjectNode ofLog(ClusterOptions options) {
    LogReplayState fold = new LogReplayState();
    var progress = new ConsoleReplayListener(command.commandLine().getErr());
    try (LogReplay replay = new LogReplay(options.access(), fold, progress)) {
      replay.run();
    } catch (ReplayException | RunException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    } catch (KafkaException noClient) {
      throw new CommandFailure("Kafka cannot be asked: " + noClient.getMessage(), noClient);
    }
    ObjectNode report = LinkwrightApi.mapper().createObjectNode();
    ArrayNode damaged = report.putArray(DAMAGED);
    fold.groups()
        .forEach(
            (id, replayed) -> {
              if (!replayed.sound()) {
                ObjectNode row = damaged.addObject().put("group", id.value());
                row.put("lastRevision", replayed.state().revision());
                lastDamage(fold, id)
                    .ifPresent(
                        damage ->
                            row.putObject(DAMAGE)
                                .put("partition", damage.partition())
                                .put("offset", damage.offset())
                                .put("revision", damage.revision())
                                .put("reason", damage.what()));
              }
            });
    return report;
  }

  /** The one at which the group stands still; those before were recovered from. */
  private static Optional<Damage> lastDamage(LogReplayState fold, GroupId group) {
    return fold.damages().stream()
        .filter(damage -> damage.group().equals(group.value()))
        .reduce((_, later) -> later);
  }

  private String listed(JsonNode report) {
    if (report.path(DAMAGED).isEmpty()) {
      return "no group is damaged";
    }
    Table table =
        new Table(
            left("GROUP"),
            right("LAST GOOD REVISION"),
            right("PARTITION"),
            right("OFFSET"),
            left("DAMAGE"));
    for (JsonNode row : report.path(DAMAGED)) {
      JsonNode damage = row.path(DAMAGE);
      table.row(
          row.path("group").asText(),
          row.path("lastRevision").asText(),
          damage.path("partition").asText(),
          damage.path("offset").asText(),
          Printable.of(damage.path("reason").asText()));
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
        for (GroupId each : groups(api)) {
          report.set(each.value(), recover(api, each, 0, confirmed, actor.of(command)));
        }
        output.writeText(report, this::text);
      }
      return 0;
    }

    private List<GroupId> groups(LinkwrightApi api) {
      if (group.isPresent()) {
        return List.of(group.get());
      }
      List<GroupId> all = new ArrayList<>();
      Pages.all(api, ApiPaths.GROUPS, "groups")
          .path("groups")
          .forEach(shown -> all.add(new GroupId(shown.path("id").asText())));
      return all;
    }

    private String text(JsonNode report) {
      List<String> lines = new ArrayList<>();
      report
          .properties()
          .forEach(
              entry ->
                  lines.add(outcome(new GroupId(entry.getKey()), entry.getValue(), confirmed)));
      return lines.isEmpty() ? "there is no group" : String.join(System.lineSeparator(), lines);
    }
  }
}
