package io.linkwright.domain.link;

/**
 * What carries a link.
 *
 * @param index 0 primary, 1 secondary
 */
public record Tunnel(int index, TunnelEnd endA, TunnelEnd endB, TunnelKeys keys) {
  /** Primary and secondary. */
  public static final int MAX_PER_LINK = 2;

  private static final int FIRST_INTERFACE = 2;

  /**
   * Checks the index.
   *
   * @throws IllegalArgumentException if {@code index} is neither 0 nor 1
   */
  public Tunnel {
    if (index < 0 || index >= MAX_PER_LINK) {
      throw new IllegalArgumentException(
          "tunnel index %d is not within 0..%d".formatted(index, MAX_PER_LINK - 1));
    }
  }

  /** {@code wg2} for the primary tunnel, {@code wg3} for the secondary, on either end. */
  public String interfaceName() {
    return interfaceName(index);
  }

  /** The interface that carries the tunnels of this index on every edge. */
  public static String interfaceName(int index) {
    return "wg" + (FIRST_INTERFACE + index);
  }
}
