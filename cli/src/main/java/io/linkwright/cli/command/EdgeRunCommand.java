package io.linkwright.cli.command;

import io.linkwright.cli.edge.DeviceDriver;
import io.linkwright.cli.edge.DriverKind;
import io.linkwright.cli.edge.EdgeDaemon;
import io.linkwright.cli.run.StopSignal;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linkwright edge run}. */
@Command(
    name = "run",
    description = {
      "Run this machine's edge in the foreground: connect, apply, report.",
      "Starts with the last good configuration, also without the server. Ctrl-C or SIGTERM ends it."
    })
final class EdgeRunCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      defaultValue = "wireguard",
      description = "wireguard, ipsec or simulated. Default: ${DEFAULT-VALUE}")
  private DriverKind driver;

  @Option(
      names = "--wireguard-program",
      paramLabel = "PROGRAM",
      description = "For a kernel without WireGuard: what makes interfaces, as wireguard-go does")
  private Optional<String> wireGuardProgram;

  @Option(
      names = "--netns",
      paramLabel = "NAME",
      description = "Make tunnels in this network namespace, see ip-netns(8)")
  private Optional<String> networkNamespace;

  @Option(names = "--dry-run", description = "Print what would be done to the system, do nothing")
  private boolean dryRun;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where to connect. Default: where the edge has joined")
  private Optional<URI> server;

  @Mixin private StateDirectoryOption state;

  @Override
  public Integer call() {
    EdgeDaemon.Settings settings =
        new EdgeDaemon.Settings(
            new DeviceDriver(driver, wireGuardProgram, networkNamespace),
            dryRun ? EdgeDaemon.Mode.DRY_RUN : EdgeDaemon.Mode.APPLY,
            server);
    try (StopSignal _ = StopSignal.interruptingThisThread()) {
      new EdgeDaemon(state.home(), command.commandLine().getOut()).runUntilInterrupted(settings);
    }
    return 0;
  }
}
