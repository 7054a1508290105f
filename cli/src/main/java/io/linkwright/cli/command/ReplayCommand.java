package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.cluster.ClusterOptions;
import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.cli.replay.ConfigurationComparison;
import io.linkwright.cli.replay.ConfigurationDifference;
import io.linkwright.cli.replay.Difference;
import io.linkwright.cli.replay.LogReplay;
import io.linkwright.cli.replay.LogReplayState;
import io.linkwright.cli.replay.ReplayException;
import io.linkwright.cli.replay.ReplayedGroup;
import io.linkwright.cli.replay.ViewComparison;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linkwright replay}. */
@Command(
    name = "replay",
    description = {
      "Read the whole log as an auditor would, with nothing but Kafka: fold it to the groups it"
          + " leads to,",
      "and check that each event can follow. A gap, a rival or an impossible event ends it with 1.",
      "Changes nothing. The progress counts offsets: records, and marks of transactions."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = "Show the members and links of this group. All of the log is checked")
  private Optional<GroupId> group;

  @Option(
      names = "--until",
      paramLabel = "REVISION",
      description = "Show the group as it was at this revision. Default: the last")
  private Optional<Long> until;

  @Option(
      names = "--compare",
      description = {
        "Hold the groups against what the server of --server shows at the same revision, and",
        "linkwright.edge-config against what the log calls for; a difference ends it with 1"
      })
  private boolean compare;

  @Mixin private ClusterOptions cluster;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    if (until.isPresent() && group.isEmpty()) {
      throw new ParameterException(command.commandLine(), "--until needs --group");
    }
    LogReplayState fold =
        until.isPresent() ? new LogReplayState(group.get(), until.get()) : new LogReplayState();
    var progress = new ConsoleReplayListener(command.commandLine().getErr());
    try (LogReplay replay = new LogReplay(cluster.access(), fold, progress)) {
      int partitions = replay.run();
      ObjectNode report = ReplayReport.of(fold, partitions, shown(fold));
      if (compare) {
        ReplayReport.addComparison(
            report, server.address(), differences(replay, fold), damaged(fold));
        ReplayReport.addConfiguration(report, ofConfiguration(replay, fold), damaged(fold));
      }
      output.writeText(report, ReplayReport::text);
      return ReplayReport.isSound(report) ? 0 : 1;
    } catch (ReplayException | GroupKeepsChangingException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    } catch (KafkaException noClient) {
      throw new CommandFailure("Kafka cannot be asked: " + reason(noClient), noClient);
    }
  }

  private List<Difference> differences(LogReplay replay, LogReplayState fold)
      throws ReplayException, GroupKeepsChangingException {
    try (LinkwrightApi api = server.open()) {
      return new ViewComparison(replay, fold, api).run(group);
    }
  }

  private List<ConfigurationDifference> ofConfiguration(LogReplay replay, LogReplayState fold)
      throws ReplayException, GroupKeepsChangingException {
    var progress =
        new ConsoleReplayListener(
            command.commandLine().getErr(), LinkwrightTopics.EDGE_CONFIG.name());
    try (var comparison = new ConfigurationComparison(cluster.access(), replay, fold, progress)) {
      return comparison.run(group);
    }
  }

  /** Those of the groups compared that stand still. */
  private List<GroupId> damaged(LogReplayState fold) {
    return fold.groups().entrySet().stream()
        .filter(entry -> !entry.getValue().sound())
        .map(Map.Entry::getKey)
        .filter(id -> group.isEmpty() || group.get().equals(id))
        .toList();
  }

  /** The one group asked for; empty: all of them. */
  private Optional<ReplayedGroup> shown(LogReplayState fold) {
    if (group.isEmpty()) {
      return Optional.empty();
    }
    ReplayedGroup last = fold.groups().get(group.get());
    if (last == null) {
      throw new CommandFailure("the log has no event of a group %s".formatted(group.get()));
    }
    if (until.isEmpty()) {
      return Optional.of(last);
    }
    return Optional.of(
        fold.watched()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "group %s was never at revision %d: the log has 1 to %d"
                            .formatted(group.get(), until.get(), last.state().revision()))));
  }

  private static String reason(KafkaException failure) {
    return failure.getCause() == null
        ? failure.getMessage()
        : "%s: %s".formatted(failure.getMessage(), failure.getCause().getMessage());
  }
}
