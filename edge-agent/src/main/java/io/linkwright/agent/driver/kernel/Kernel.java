package io.linkwright.agent.driver.kernel;

import io.linkwright.agent.driver.kernel.WireGuardDump.PeerLine;
import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.SystemCommands;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of the kernel, by way of {@code ip} and {@code wg}: their options are stable, and an
 * operator can repeat what they do. Thread-safe if the commands are, but two writers would undo
 * each other's work.
 */
public final class Kernel {
  private static final String NO_SUCH_TYPE = "Unknown device type";

  private final SystemCommands commands;
  private final KernelSettings settings;
  private final KernelReader reader;

  /** Works with these commands. */
  public Kernel(SystemCommands commands, KernelSettings settings) {
    this.commands = commands;
    this.settings = settings;
    this.reader = new KernelReader(commands, settings);
  }

  /**
   * What is there.
   *
   * @throws KernelException if it cannot be found out
   */
  public KernelView read() throws KernelException {
    return reader.read();
  }

  /**
   * Makes the changes one after the other.
   *
   * @throws KernelException at the first one that is refused; what came before it has happened
   */
  public void make(List<Change> changes) throws KernelException {
    for (Command command : CommandWriter.write(changes, settings.userSpaceProgram())) {
      CommandResult result = commands.run(command);
      if (!result.succeeded()) {
        throw new KernelException(command + ": " + result.reason() + advice(result));
      }
    }
  }

  /**
   * What has come in, by peer or association.
   *
   * @param interfaces to ask, of those that are there
   * @throws KernelException if it cannot be found out
   */
  public Map<ObjectId, Traffic> traffic(Collection<String> interfaces) throws KernelException {
    Map<ObjectId, Traffic> traffic = new HashMap<>();
    switch (settings.protocol()) {
      case WIREGUARD -> {
        for (String name : interfaces) {
          for (PeerLine line : reader.wireGuard(name).peers()) {
            traffic.put(line.peer().id(), trafficOf(line));
          }
        }
      }
      case IPSEC ->
          traffic.putAll(
              XfrmReader.carried(reader.output(Command.read("ip", "-s", "xfrm", "state"))));
    }
    return traffic;
  }

  private static Traffic trafficOf(PeerLine line) {
    return new Traffic(
        line.receivedBytes(),
        0,
        Optional.of(line.lastHandshakeEpochSeconds()).filter(seconds -> seconds > 0));
  }

  private static String advice(CommandResult result) {
    return result.error().contains(NO_SUCH_TYPE)
        ? "; this kernel lacks the module: load it, or for WireGuard install wireguard-go and"
            + " choose user-space interfaces"
        : "";
  }
}
