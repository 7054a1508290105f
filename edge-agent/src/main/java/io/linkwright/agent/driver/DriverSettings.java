package io.linkwright.agent.driver;

import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.util.List;
import java.util.Optional;

/**
 * What a driver has to know of its edge and machine.
 *
 * @param commandPrefix put before every command, as {@code ip netns exec NAME} to work in a network
 *     namespace; empty to work in the agent's own
 * @param userSpaceProgram for a kernel without WireGuard: makes an interface of the name it is
 *     given, as {@code wireguard-go} does, and ends when the interface is deleted
 * @param installedKeys what the kernel was given before; closed by the driver
 */
public record DriverSettings(
    EdgeId edge,
    EdgeKeys keys,
    List<String> commandPrefix,
    Optional<String> userSpaceProgram,
    DriverTimings timings,
    InstalledKeys installedKeys) {

  /** Copies the list. */
  public DriverSettings {
    commandPrefix = List.copyOf(commandPrefix);
  }

  /** The kernel of this machine does it all. */
  public static DriverSettings of(EdgeId edge, EdgeKeys keys) {
    return new DriverSettings(
        edge,
        keys,
        List.of(),
        Optional.empty(),
        DriverTimings.DEFAULT,
        InstalledKeys.forThisProcess());
  }

  /** The same with WireGuard interfaces that this program makes. */
  public DriverSettings withUserSpace(String program) {
    return new DriverSettings(
        edge, keys, commandPrefix, Optional.of(program), timings, installedKeys);
  }

  /** The same in another network namespace. */
  public DriverSettings withPrefix(List<String> prefix) {
    return new DriverSettings(edge, keys, prefix, userSpaceProgram, timings, installedKeys);
  }

  /** The same at another pace. */
  public DriverSettings withTimings(DriverTimings others) {
    return new DriverSettings(edge, keys, commandPrefix, userSpaceProgram, others, installedKeys);
  }

  /** The same that remembers what it has installed. */
  public DriverSettings withInstalledKeys(InstalledKeys memory) {
    return new DriverSettings(edge, keys, commandPrefix, userSpaceProgram, timings, memory);
  }
}
