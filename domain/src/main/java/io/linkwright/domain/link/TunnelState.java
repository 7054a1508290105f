package io.linkwright.domain.link;

/** Whether packets get through a tunnel. */
public enum TunnelState {
  /** They do. */
  UP,
  /** They do not. */
  DOWN,
  /** Nobody has said. */
  UNKNOWN;

  /** Both ends' views joined: up only if both say so, down if either says so, unknown otherwise. */
  public TunnelState join(TunnelState other) {
    if (this == DOWN || other == DOWN) {
      return DOWN;
    }
    return this == UP && other == UP ? UP : UNKNOWN;
  }
}
