package io.linkwright.console.page;

import io.linkwright.domain.link.TunnelState;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.TunnelAnswer;

/** Tunnels for people. */
public final class TunnelWords {
  private TunnelWords() {}

  /** The worst that can be said of a link's tunnels: down, else unknown, else up. */
  static TunnelState worst(LinkAnswer link) {
    return link.tunnels().stream()
        .map(TunnelAnswer::status)
        .reduce(TunnelState.UP, TunnelState::join);
  }

  /** The style sheet's tone for the status. */
  public static String tone(TunnelAnswer tunnel) {
    return switch (tunnel.status()) {
      case UP -> "ok";
      case DOWN -> "down";
      case UNKNOWN -> "idle";
    };
  }

  /**
   * Whether the status leaves open who says what: it is not up, and at least one end was heard of.
   */
  public static boolean needsItsEnds(TunnelAnswer tunnel) {
    return tunnel.status() != TunnelState.UP
        && tunnel.ends().stream().anyMatch(end -> end.heardAt().isPresent());
  }

  /** Which of the two. */
  public static String index(TunnelAnswer tunnel) {
    return tunnel.index() == 0 ? "Primary (0)" : "Secondary (1)";
  }

  /** What an end says. */
  public static String of(TunnelAnswer.End end) {
    return switch (end.status()) {
      case UP -> "Up";
      case DOWN -> "Down";
      case UNKNOWN -> "Unknown";
    };
  }

  /** Whether nothing is known, so that it matters how long the edge has been silent. */
  public static boolean isUnknown(TunnelAnswer.End end) {
    return end.status() == TunnelState.UNKNOWN;
  }
}
