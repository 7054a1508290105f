package io.linkwright.standalone.demo;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentTimings;
import io.linkwright.cli.importing.GroupImport;
import io.linkwright.cli.importing.ImportConflictException;
import io.linkwright.cli.importing.ImportOutcome;
import io.linkwright.cli.importing.ImportTarget;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.cli.sending.SendingListener;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.answer.MemberAnswer;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.simulator.EnrollingFleet;
import io.linkwright.simulator.SimulatedEdges;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.RunException;
import io.linkwright.terminal.output.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The main job on a real network, in a temporary directory: a broker, the services, and eleven
 * edges that connect over WebSockets. Everything it says it has checked. Used by one thread.
 */
public final class Demo {
  /** All waiting together; on an idle machine a tenth of it is needed. */
  private static final Duration BUDGET = Duration.ofMinutes(3);

  private static final Duration STATUS_DELAY = Duration.ofMillis(50);

  private final DemoOutput narrator;
  private final Deadline deadline = Deadline.in(BUDGET);
  private final AppliedChanges witness = new AppliedChanges();
  private final long startNanos = System.nanoTime();

  /** A demo that tells its story to {@code out}. */
  public Demo(PrintWriter out) {
    this.narrator = new DemoOutput(out);
  }

  /**
   * Runs from the first step to the last.
   *
   * @return whether every check held
   * @throws RunException if Linkwright does not start
   * @throws InterruptedException if the process is told to stop
   */
  public boolean run(DataDirectory data) throws RunException, IOException, InterruptedException {
    narrator.step("Start the broker, the three services and the HTTP server");
    try (AllInOne run = AllInOne.start(AllInOneConfig.onFreePorts(), data);
        LinkwrightApi api = new LinkwrightApi(run.url())) {
      narrator.say(
          "HTTP %s, Kafka %s, data in %s"
              .formatted(run.url(), run.bootstrapServers(), data.root()));
      narrator.check(true, String.format(Locale.ROOT, "ready after %.1f s", seconds()));
      importNetwork(api);
      try (SimulatedEdges edges = edges(run, data);
          EnrollingFleet _ = new EnrollingFleet(run.bootstrapServers(), run.wire(), api, edges)) {
        GroupApi group = new GroupApi(api, DemoNetwork.GROUP);
        connectEdges(group);
        DemoScript script = new DemoScript(narrator, group, witness, deadline);
        script.showLinks();
        script.removeLink();
        List<LinkId> taken = script.isolateMember();
        script.restore(taken);
        new LatencyStep(narrator, group, witness, deadline).run();
      }
    } catch (DemoFailure notInTime) {
      narrator.check(false, notInTime.getMessage());
    }
    narrator.conclude(seconds());
    return narrator.allHeld();
  }

  private void importNetwork(LinkwrightApi api) {
    narrator.step("Import Abilene as an IPsec partial mesh with dual tunnel");
    NetworkPlan plan = DemoNetwork.plan();
    ImportTarget target =
        new ImportTarget(
            DemoNetwork.GROUP,
            "Abilene",
            Optional.of(TunnelProtocol.IPSEC),
            Optional.of(true),
            Optional.empty());
    try {
      ImportOutcome first = new GroupImport(api, target, SendingListener.SILENT).run(plan);
      narrator.check(
          first.membersAdded() == DemoNetwork.MEMBERS && first.linksAdded() == DemoNetwork.LINKS,
          "%d members and %d links, at revision %d"
              .formatted(first.membersAdded(), first.linksAdded(), first.revision()));
      ImportOutcome second = new GroupImport(api, target, SendingListener.SILENT).run(plan);
      narrator.check(
          second.changedNothing() && second.revision() == first.revision(),
          "importing the same file again changes nothing");
    } catch (ImportConflictException conflict) {
      throw new IllegalStateException("a new installation has no group to collide with", conflict);
    }
  }

  private void connectEdges(GroupApi group) throws InterruptedException {
    narrator.step("%d edges make keys, enroll and connect".formatted(DemoNetwork.MEMBERS));
    deadline.await("every edge acknowledging its configuration", group::allAcknowledged);
    Table table =
        new Table(left("EDGE"), left("NAME"), right("LINKS"), right("DESIRED"), right("RUNS"));
    List<MemberAnswer> members = group.members();
    for (MemberAnswer member : members) {
      table.row(
          member.edge(),
          member.description().name(),
          member.linkCount(),
          member.desiredRevision(),
          member.acknowledgedRevision());
    }
    narrator.show(table);
    narrator.check(
        members.size() == DemoNetwork.MEMBERS && group.allAcknowledged(),
        "all %d are connected and run what they should".formatted(members.size()));
  }

  private SimulatedEdges edges(AllInOne run, DataDirectory data) {
    AgentListener listener =
        new AgentListener() {
          @Override
          public void applied(Applied applied) {
            List<LinkId> links = new ArrayList<>(applied.set());
            links.addAll(applied.removed());
            witness.applied(applied.edge(), links);
          }
        };
    return new SimulatedEdges(
        new SimulatedEdges.Surroundings(
            run.url(),
            run.controllerKey(),
            data.simulatedEdges(),
            AgentTimings.DEFAULT.withStatusDelay(STATUS_DELAY),
            listener));
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
