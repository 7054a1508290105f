package io.linkwright.domain.link;

import io.linkwright.domain.id.LinkId;
import java.util.Comparator;

/** One end's word on a tunnel. */
public record TunnelStatus(LinkId link, int tunnelIndex, TunnelState state)
    implements Comparable<TunnelStatus> {
  private static final Comparator<TunnelStatus> BY_PLACE =
      Comparator.comparing(TunnelStatus::link).thenComparingInt(TunnelStatus::tunnelIndex);

  /**
   * Checks the index.
   *
   * @throws IllegalArgumentException if a link has no tunnel of this index
   */
  public TunnelStatus {
    if (tunnelIndex < 0 || tunnelIndex >= Tunnel.MAX_PER_LINK) {
      throw new IllegalArgumentException(
          "tunnel index %d is not within 0..%d".formatted(tunnelIndex, Tunnel.MAX_PER_LINK - 1));
    }
  }

  /** Whether both are about the same tunnel. */
  public boolean isOfSameTunnel(TunnelStatus other) {
    return BY_PLACE.compare(this, other) == 0;
  }

  /** By link, index and state. */
  @Override
  public int compareTo(TunnelStatus other) {
    int byPlace = BY_PLACE.compare(this, other);
    return byPlace != 0 ? byPlace : state.compareTo(other.state);
  }
}
