package io.linkwright.console.api;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
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

  /** Those of a group that is there. */
  public static GroupSettings of(GroupSettingsAnswer settings) {
    return new GroupSettings(
        settings.name(),
        settings.topology().label(),
        settings.dualTunnel() ? TunnelCount.TWO : TunnelCount.ONE,
        settings.hub().map(EdgeId::value),
        settings.rekeyEvery().map(RekeyInterval::toString));
  }

  /** Tells these settings from others, in a form that is open while somebody changes them. */
  public String mark() {
    return toString();
  }
}
