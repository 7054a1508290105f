package io.linkwright.agent.device;

/** What makes tunnels of configuration on a device. */
public enum DriverKind {
  /** Interfaces wg2 and wg3, by {@code wg} and {@code ip}. */
  WIREGUARD,
  /** States and policies of the kernel, by {@code ip xfrm}. */
  IPSEC,
  /** No tunnels: the configuration is taken, kept and answered for. */
  SIMULATED
}
