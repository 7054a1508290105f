package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.Kernel;
import io.linkwright.agent.driver.kernel.KernelSettings;
import io.linkwright.agent.driver.kernel.KeyBytes;
import io.linkwright.agent.driver.system.DryRunCommands;
import io.linkwright.agent.driver.system.ProcessCommands;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where drivers come from. */
public final class Drivers {
  private static final String ALIAS_PREFIX = "linkwright:";

  private Drivers() {}

  /** Runs tunnels of this protocol on this machine; needs what {@link #missing} asks for. */
  public static KernelDriver kernel(TunnelProtocol protocol, DriverSettings settings) {
    return on(
        new ProcessCommands(settings.commandPrefix()),
        protocol,
        settings,
        Optional.of(settings.timings()));
  }

  /**
   * Changes nothing and prints the commands, secrets left out, as they would be on a machine where
   * nothing is set up yet. It says nothing of the state of tunnels.
   */
  public static KernelDriver dryRun(
      TunnelProtocol protocol, DriverSettings settings, Consumer<String> lines) {
    return on(new DryRunCommands(lines), protocol, settings, Optional.empty());
  }

  /**
   * Runs tunnels by way of these commands.
   *
   * @param timings of the watch and the drift check; empty if neither is to run by itself
   */
  public static KernelDriver on(
      SystemCommands commands,
      TunnelProtocol protocol,
      DriverSettings settings,
      Optional<DriverTimings> timings) {
    return on(commands, protocol, settings, timings, new SystemResolver(), DriverClock.SYSTEM);
  }

  static KernelDriver on(
      SystemCommands commands,
      TunnelProtocol protocol,
      DriverSettings settings,
      Optional<DriverTimings> timings,
      Resolver resolver,
      DriverClock clock) {
    KernelSettings ours = kernelSettings(protocol, settings);
    return new KernelDriver(
        new KernelDriver.Parts(
            new Kernel(commands, ours),
            switch (protocol) {
              case WIREGUARD -> new WireGuardObjects(ours.alias(), ours.ownKeys());
              case IPSEC -> new IpsecObjects(ours.alias());
            },
            resolver,
            new Probes(commands),
            clock,
            settings.installedKeys(),
            timings));
  }

  /**
   * What the driver cannot do without and does not find, in words for an operator; empty if all is
   * there. Changes nothing.
   */
  public static List<String> missing(TunnelProtocol protocol, DriverSettings settings) {
    SystemCommands commands = new ProcessCommands(settings.commandPrefix());
    return new Prerequisites(commands, protocol, settings.userSpaceProgram())
        .missing(new Kernel(commands, kernelSettings(protocol, settings)));
  }

  /** What {@link io.linkwright.agent.store.InstalledKeys} calls the keys of a link. */
  public static Stream<String> installedKeysOf(TunnelPlan.PeerLink link) {
    return SaKeys.fingerprints(link);
  }

  private static KernelSettings kernelSettings(TunnelProtocol protocol, DriverSettings settings) {
    return new KernelSettings(
        protocol,
        IntStream.range(0, Tunnel.MAX_PER_LINK).mapToObj(Tunnel::interfaceName).toList(),
        ALIAS_PREFIX + settings.edge(),
        IntStream.range(0, Tunnel.MAX_PER_LINK)
            .mapToObj(index -> KeyBytes.of(settings.keys().wireGuardPrivateKey(index)))
            .toList(),
        settings.userSpaceProgram());
  }
}
