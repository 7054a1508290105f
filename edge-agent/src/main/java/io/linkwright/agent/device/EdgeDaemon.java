package io.linkwright.agent.device;

import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.store.DirectoryLock;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.terminal.command.StopSignal;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** An edge as a process of its own, until it is told to stop or cannot go on. */
public final class EdgeDaemon {
  private final EdgeHome home;
  private final PrintWriter out;

  /**
   * How to run.
   *
   * @param server to connect to instead of the one that was joined
   */
  public record Settings(DeviceDriver driver, Optional<URI> server) {}

  /** The edge of this directory. */
  public EdgeDaemon(EdgeHome home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * Runs until the thread is interrupted; tunnels stay as they are when it ends.
   *
   * @throws EdgeFailure if the edge has not joined, the system lacks what the driver needs, another
   *     process runs the edge, or the agent cannot go on
   */
  public void runUntilInterrupted(Settings settings) {
    EdgeProfile profile = home.requireProfile();
    home.requirePrivate();
    try (DirectoryLock _ = home.lock()) {
      AgentConfig config =
          config(profile, home.requireKeys(), settings.server().orElse(profile.server()));
      run(settings.driver(), config);
    }
  }

  private void run(DeviceDriver device, AgentConfig config) {
    try (BrokenAgent broken = BrokenAgent.interruptingThisThread();
        SimulatedNetwork network = DeviceDriver.simulatedNetwork();
        AgentRuntime runtime = AgentRuntime.start()) {
      AgentLog lines = new AgentLog(out, InstantSource.system(), broken::by);
      TunnelDriver driver = device.forReal(network, config);
      lines.say(
          "edge=%s server=%s driver=%s state=%s"
              .formatted(
                  config.edge(),
                  config.server(),
                  device.kind().name().toLowerCase(Locale.ROOT),
                  home.directory()));
      try (EdgeAgent _ = EdgeAgent.start(config, driver, lines, runtime)) {
        StopSignal.await();
      }
      broken
          .cause()
          .ifPresent(
              cause -> {
                throw new EdgeFailure(
                    "the agent cannot go on (%s): started again, it begins with its last good configuration"
                        .formatted(cause),
                    cause);
              });
      lines.say("stopped edge=%s".formatted(config.edge()));
    } catch (UncheckedIOException unusable) {
      throw new EdgeFailure(
          "the edge's configuration cannot be used: " + unusable.getCause().getMessage(), unusable);
    }
  }

  private AgentConfig config(EdgeProfile profile, EdgeKeys keys, URI server) {
    try {
      return new AgentConfig(
          server,
          profile.edge(),
          keys,
          profile.controller(),
          home.configuration(),
          AgentTimings.DEFAULT);
    } catch (IllegalArgumentException wrongAddress) {
      throw new EdgeFailure(wrongAddress.getMessage(), wrongAddress);
    }
  }
}
