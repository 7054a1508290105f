package io.linkwright.agent.device;

import io.linkwright.terminal.command.StopSignal;
import java.io.PrintWriter;
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

  @Option(
      names = "--dry-run",
      description =
          "Print what would be done to the system with the stored configuration, and do nothing;"
              + " the server is not asked")
  private boolean dryRun;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where to connect. Default: where the edge has joined")
  private Optional<URI> server;

  @Mixin private StateDirectoryOption state;

  @Override
  public Integer call() {
    DeviceDriver device = new DeviceDriver(driver, wireGuardProgram, networkNamespace);
    PrintWriter out = command.commandLine().getOut();
    if (dryRun) {
      new EdgeDryRun(state.home(), out).print(device);
      return 0;
    }
    try (StopSignal _ = StopSignal.interruptingThisThread()) {
      new EdgeDaemon(state.home(), out)
          .runUntilInterrupted(new EdgeDaemon.Settings(device, server));
    }
    return 0;
  }
}
