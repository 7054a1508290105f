package io.linkwright.cli.edge;

import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.store.BootId;
import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a device makes its tunnels with.
 *
 * @param wireGuardProgram makes WireGuard interfaces where the kernel has none
 * @param networkNamespace in which tunnels are made; the process's own if empty
 */
public record DeviceDriver(
    DriverKind kind, Optional<String> wireGuardProgram, Optional<String> networkNamespace) {

  /**
   * A driver that makes tunnels.
   *
   * @param network that simulated tunnels are made in
   * @param stateDirectory where the agent keeps its configuration, and which keys it has installed
   * @throws EdgeFailure naming everything that the system lacks and how to get it
   */
  TunnelDriver forReal(SimulatedNetwork network, EdgeId edge, EdgeKeys keys, Path stateDirectory) {
    return switch (kind) {
      case SIMULATED -> network.driver(edge, keys);
      case WIREGUARD -> kernel(TunnelProtocol.WIREGUARD, settings(edge, keys));
      case IPSEC ->
          kernel(
              TunnelProtocol.IPSEC,
              settings(edge, keys).withInstalledKeys(installedKeys(stateDirectory)));
    };
  }

  private static InstalledKeys installedKeys(Path stateDirectory) {
    try {
      return InstalledKeys.open(stateDirectory, BootId.current());
    } catch (IOException unusable) {
      throw new EdgeFailure(
          "which keys were installed cannot be read: " + unusable.getMessage(), unusable);
    }
  }

  /** A driver that prints what it would do, and does nothing. */
  TunnelDriver dryRun(PrintWriter out, EdgeId edge, EdgeKeys keys) {
    return switch (kind) {
      case SIMULATED -> new DryRunDriver(out);
      case WIREGUARD -> printing(TunnelProtocol.WIREGUARD, settings(edge, keys), out);
      case IPSEC -> printing(TunnelProtocol.IPSEC, settings(edge, keys), out);
    };
  }

  /** A network for simulated tunnels. */
  static SimulatedNetwork simulatedNetwork() {
    return SimulatedNetwork.start(ProbeLimits.DEFAULT);
  }

  private static TunnelDriver kernel(TunnelProtocol protocol, DriverSettings settings) {
    List<String> missing = Drivers.missing(protocol, settings);
    if (!missing.isEmpty()) {
      throw new EdgeFailure(
          "this machine cannot run %s tunnels yet: %s. See with --dry-run what would be done."
              .formatted(protocol.label(), String.join("; ", missing)));
    }
    return Drivers.kernel(protocol, settings);
  }

  private static TunnelDriver printing(
      TunnelProtocol protocol, DriverSettings settings, PrintWriter out) {
    return Drivers.dryRun(
        protocol,
        settings,
        line -> {
          out.println(line);
          out.flush();
        });
  }

  private DriverSettings settings(EdgeId edge, EdgeKeys keys) {
    DriverSettings settings = DriverSettings.of(edge, keys);
    DriverSettings inPlace =
        networkNamespace
            .map(name -> settings.withPrefix(List.of("ip", "netns", "exec", name)))
            .orElse(settings);
    return wireGuardProgram.map(inPlace::withUserSpace).orElse(inPlace);
  }
}
