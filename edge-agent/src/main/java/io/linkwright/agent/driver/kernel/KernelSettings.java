package io.linkwright.agent.driver.kernel;

import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;

/**
 * What part of the kernel is ours.
 *
 * @param protocol of all tunnels here
 * @param interfaces that are ours if nobody else has them
 * @param alias that marks an interface as ours
 * @param ownKeys private keys that mark a WireGuard interface as ours
 * @param userSpaceProgram that makes a WireGuard interface of the name it is given, where the
 *     kernel has no WireGuard
 */
public record KernelSettings(
    TunnelProtocol protocol,
    List<String> interfaces,
    String alias,
    List<KeyBytes> ownKeys,
    Optional<String> userSpaceProgram) {
  /** Copies the lists. */
  public KernelSettings {
    interfaces = List.copyOf(interfaces);
    ownKeys = List.copyOf(ownKeys);
  }
}
