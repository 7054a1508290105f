package io.linkwright.standalone.command;

import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentTimings;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.simulator.EnrollingFleet;
import io.linkwright.simulator.SimulatedEdges;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.FatalErrors;
import io.linkwright.standalone.run.RunException;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.StopSignal;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linkwright up}. */
@Command(
    name = "up",
    description = {
      "Run Linkwright on this machine: broker and all services in one process, loopback only.",
      "Data is kept across restarts. Ctrl-C or SIGTERM ends it."
    })
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of the HTTP API, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int httpPort;

  @Option(
      names = "--kafka-port",
      defaultValue = "9092",
      description = "Of the broker, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int kafkaPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ~/.linkwright, or as XDG_DATA_HOME says")
  private Optional<Path> dataDirectory;

  @Option(
      names = "--simulate",
      description = "Give every member that awaits enrollment a simulated edge, keys and all")
  private boolean simulate;

  @Mixin private AccessOptions access;

  @Override
  public Integer call() {
    long startNanos = System.nanoTime();
    FatalErrors.endTheProcess();
    AllInOneConfig config = config();
    PrintWriter out = command.commandLine().getOut();
    Path root =
        dataDirectory.orElseGet(
            () ->
                DataDirectory.defaultRoot(
                    System.getenv(), Path.of(System.getProperty("user.home"))));
    try (StopSignal _ = StopSignal.interruptingThisThread();
        DataDirectory data = DataDirectory.open(root.toAbsolutePath());
        AllInOne run = AllInOne.start(config, data, what -> tell(out, what))) {
      announce(out, run, data, Duration.ofNanos(System.nanoTime() - startNanos));
      if (simulate) {
        simulateUntilInterrupted(run, data);
      } else {
        StopSignal.await();
      }
      out.println("Linkwright stops.");
    } catch (RunException refused) {
      throw new CommandFailure(refused.getMessage(), refused);
    } catch (IOException unlocked) {
      throw new CommandFailure(
          "the data directory was not released: " + FileFault.words(unlocked), unlocked);
    }
    return 0;
  }

  private AllInOneConfig config() {
    try {
      return new AllInOneConfig(httpPort, kafkaPort, access.authentication());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
    }
  }

  private static void simulateUntilInterrupted(AllInOne run, DataDirectory data) {
    try (LinkwrightApi api = new LinkwrightApi(run.url(), run.ownToken());
        SimulatedEdges edges =
            new SimulatedEdges(
                new SimulatedEdges.Surroundings(
                    run.url(),
                    run.controllerKey(),
                    data.simulatedEdges(),
                    AgentTimings.DEFAULT,
                    AgentListener.NONE));
        EnrollingFleet _ = new EnrollingFleet(run.bootstrapServers(), run.wire(), api, edges)) {
      StopSignal.await();
    }
  }

  /** Each line is flushed: it may stand for a while. */
  private static void tell(PrintWriter out, String what) {
    out.println("Waiting for " + what);
    out.flush();
  }

  private static void announce(
      PrintWriter out, AllInOne run, DataDirectory data, Duration startedIn) {
    out.printf(
        Locale.ROOT, "Linkwright is ready, after %.1f s.%n%n", startedIn.toMillis() / 1_000.0);
    out.println("  Console          " + run.url().resolve("/console"));
    out.println("  HTTP API         " + run.url());
    out.println("  Kafka bootstrap  " + run.bootstrapServers());
    out.println("  Schema registry  " + run.registryUrl());
    out.println("  Controller key   " + run.controllerKey().keyId());
    out.println("  Data             " + data.root());
    out.println("  Log              " + data.log());
    out.println();
    out.flush();
  }
}
