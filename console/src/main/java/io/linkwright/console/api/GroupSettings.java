package io.linkwright.console.api;

import java.util.Optional;

/**
 * What people can change about a group.
 *
 * @param rekeyEvery how old keys may become, an ISO 8601 duration; empty if they change only when
 *     asked to
 */
public record GroupSettings(
    String name,
    String topology,
    TunnelCount tunnels,
    Optional<String> hub,
    Optional<String> rekeyEvery) {

  /** How many tunnels carry a link. */
  public enum TunnelCount {
    /** The primary one. */
    ONE,
    /** Primary and secondary: dual tunnel. */
    TWO
  }

  /** Tells these settings from others, in a form that is open while somebody changes them. */
  public String mark() {
    return toString();
  }
}
