package io.linkwright.agent.device;

import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.Resumption;
import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.store.BootId;
import io.linkwright.agent.store.ConfigurationStore;
import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a device makes its tunnels with.
 *
 * @param wireGuardProgram makes WireGuard interfaces where the kernel has none
 * @param networkNamespace in which tunnels are made; the process's own if empty
 */
public record DeviceDriver(
    DriverKind kind, Optional<String> wireGuardProgram, Optional<String> networkNamespace) {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceDriver.class);

  /**
   * A driver that makes tunnels.
   *
   * @param network that simulated tunnels are made in
   * @throws EdgeFailure naming everything that the system lacks and how to get it
   */
  TunnelDriver forReal(SimulatedNetwork network, AgentConfig config) {
    return switch (kind) {
      case SIMULATED -> network.driver(config.edge(), config.keys());
      case WIREGUARD -> kernel(TunnelProtocol.WIREGUARD, settings(config.edge(), config.keys()));
      case IPSEC ->
          kernel(
              TunnelProtocol.IPSEC,
              settings(config.edge(), config.keys()).withInstalledKeys(installedKeys(config)));
    };
  }

  private static InstalledKeys installedKeys(AgentConfig config) {
    try {
      InstalledKeys installed = InstalledKeys.open(config.stateDirectory(), BootId.current());
      if (installed.isDamaged()) {
        LOG.warn(
            "edge={} which keys were installed is not known any more: new ones are asked for",
            config.edge());
        installed.doubt(storedKeys(config));
      }
      return installed;
    } catch (IOException unusable) {
      throw new EdgeFailure(
          "which keys were installed cannot be read: " + unusable.getMessage(), unusable);
    }
  }

  private static Set<String> storedKeys(AgentConfig config) throws IOException {
    ConfigurationVerifier verifier =
        new ConfigurationVerifier(config.edge(), config.keys(), config.controller());
    return ConfigurationStore.read(config.stateDirectory(), config.edge(), verifier)
        .groups()
        .stream()
        .flatMap(group -> Resumption.steps(group, verifier).stream())
        .flatMap(step -> step.set().stream())
        .flatMap(Drivers::installedKeysOf)
        .collect(Collectors.toSet());
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
