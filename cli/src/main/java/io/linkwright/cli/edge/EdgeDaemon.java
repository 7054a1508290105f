package io.linkwright.cli.edge;

import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.cli.output.FileFault;
import io.linkwright.cli.run.StopSignal;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An edge as a process of its own, until it is told to stop. */
public final class EdgeDaemon {
  private final EdgeHome home;
  private final PrintWriter out;

  /** Whether the system is touched. */
  public enum Mode {
    /** Tunnels are made. */
    APPLY,
    /** What would be done is printed; nothing is, and nothing is kept. */
    DRY_RUN
  }

  /**
   * How to run.
   *
   * @param server to connect to instead of the one that was joined
   */
  public record Settings(DeviceDriver driver, Mode mode, Optional<URI> server) {}

  /** The edge of this directory. */
  public EdgeDaemon(EdgeHome home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * Runs until the thread is interrupted; tunnels stay as they are when it ends.
   *
   * @throws EdgeFailure if the edge has not joined, the system lacks what the driver needs, or
   *     another process runs the edge
   */
  public void runUntilInterrupted(Settings settings) {
    EdgeProfile profile = home.requireProfile();
    EdgeKeys keys = home.keys();
    RunLines lines = new RunLines(out, InstantSource.system());
    URI server = settings.server().orElse(profile.server());
    switch (settings.mode()) {
      case APPLY -> run(settings, config(profile, keys, server, home.configuration()), lines);
      case DRY_RUN -> dryRun(settings, profile, keys, server, lines);
    }
  }

  private void run(Settings settings, AgentConfig config, RunLines lines) {
    try (SimulatedNetwork network = DeviceDriver.simulatedNetwork();
        AgentRuntime runtime = AgentRuntime.start()) {
      TunnelDriver driver =
          switch (settings.mode()) {
            case APPLY ->
                settings
                    .driver()
                    .forReal(network, config.edge(), config.keys(), config.stateDirectory());
            case DRY_RUN -> settings.driver().dryRun(out, config.edge(), config.keys());
          };
      lines.say(
          "edge=%s server=%s driver=%s state=%s"
              .formatted(
                  config.edge(),
                  config.server(),
                  settings.driver().kind().name().toLowerCase(Locale.ROOT),
                  home.directory()));
      try (EdgeAgent _ = EdgeAgent.start(config, driver, lines, runtime)) {
        StopSignal.await();
      }
      lines.say("stopped edge=%s".formatted(config.edge()));
    } catch (UncheckedIOException unusable) {
      throw new EdgeFailure(
          "the edge's configuration cannot be used: " + unusable.getCause().getMessage(), unusable);
    }
  }

  /** On a copy of the configuration: what is only printed must not count as applied. */
  private void dryRun(
      Settings settings, EdgeProfile profile, EdgeKeys keys, URI server, RunLines lines) {
    try {
      Path copy = Files.createTempDirectory("linkwright-dry-run-");
      try {
        copyConfiguration(copy);
        run(settings, config(profile, keys, server, copy), lines);
      } finally {
        delete(copy);
      }
    } catch (IOException failed) {
      throw new EdgeFailure(
          "no temporary directory for a dry run: " + FileFault.words(failed), failed);
    }
  }

  private void copyConfiguration(Path to) throws IOException {
    if (Files.notExists(home.configuration())) {
      return;
    }
    try (Stream<Path> files = Files.list(home.configuration())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static AgentConfig config(
      EdgeProfile profile, EdgeKeys keys, URI server, Path configuration) {
    try {
      return new AgentConfig(
          server, profile.edge(), keys, profile.controller(), configuration, AgentTimings.DEFAULT);
    } catch (IllegalArgumentException wrongAddress) {
      throw new EdgeFailure(wrongAddress.getMessage(), wrongAddress);
    }
  }
}
