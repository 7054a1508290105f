package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.applying.Apply;
import io.linkwright.cli.applying.ApplyConflictException;
import io.linkwright.cli.applying.GroupFile;
import io.linkwright.cli.applying.GroupFileException;
import io.linkwright.cli.applying.GroupPlan;
import io.linkwright.cli.applying.Unlisted;
import io.linkwright.cli.applying.WantedGroup;
import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright apply FILE}. */
@Command(
    name = "apply",
    description = {
      "Make groups what a file says, and show first what that changes.",
      "The file is YAML or JSON: groups, a list; each has the fields that the HTTP API gives a"
          + " group,",
      "members with theirs, and links as [denver, seattle]. `linkwright group export` writes one.",
      "What the file does not name stays. Applying a file again changes nothing."
    })
final class ApplyCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "The file; - reads it from standard input")
  private Path file;

  @Option(
      names = "--prune",
      description = {
        "Remove members and links that the file does not name, from the groups that it names.",
        "A group without a list of members, or of links, keeps all it has"
      })
  private boolean prune;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing")
  private boolean dryRun;

  @Mixin private ActorOption actor;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    List<WantedGroup> groups = read();
    try (LinkwrightApi api = server.open()) {
      Apply apply = new Apply(api, prune ? Unlisted.GOES : Unlisted.STAYS, actor.of(command));
      List<GroupPlan> plans = new ArrayList<>();
      for (WantedGroup group : groups) {
        plans.add(apply.plan(group));
      }
      if (dryRun) {
        output.writeText(PlanReport.ofDryRun(plans), PlanReport::text);
      } else {
        send(apply, groups, plans);
      }
    } catch (GroupFileException | ApplyConflictException | GroupKeepsChangingException refused) {
      throw new CommandFailure(refused.getMessage(), refused);
    }
    return 0;
  }

  /** People see the plan before it is done, programs all of it in one document afterwards. */
  private void send(Apply apply, List<WantedGroup> groups, List<GroupPlan> plans)
      throws GroupFileException, ApplyConflictException, GroupKeepsChangingException {
    ObjectNode report = PlanReport.of(plans);
    output.writeForPeople(report, PlanReport::text);
    PrintWriter err = command.commandLine().getErr();
    List<Long> revisions = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      GroupPlan plan = plans.get(i);
      ConsoleSendingListener listener = new ConsoleSendingListener(err, plan.group() + " ");
      revisions.add(apply.send(groups.get(i), plan, listener));
    }
    output.writeText(PlanReport.done(report, revisions), _ -> PlanReport.outcome(plans, revisions));
  }

  private List<WantedGroup> read() {
    boolean fromInput = file.toString().equals(STANDARD_INPUT);
    if (!fromInput && !Files.exists(file)) {
      throw new ParameterException(command.commandLine(), "there is no file '%s'".formatted(file));
    }
    try {
      if (fromInput) {
        return GroupFile.read("standard input", System.in);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return GroupFile.read(file.toString(), in);
      }
    } catch (GroupFileException refused) {
      throw new CommandFailure(refused.getMessage(), refused);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "'%s' cannot be read: %s".formatted(file, FileFault.words(unreadable)), unreadable);
    }
  }
}
