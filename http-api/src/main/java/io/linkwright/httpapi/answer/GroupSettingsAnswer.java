package io.linkwright.httpapi.answer;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Optional;

/**
 * What a group is, apart from its members and links.
 *
 * @param saAlgorithm of IPsec only
 */
public record GroupSettingsAnswer(
    GroupId id,
    String name,
    Topology topology,
    TunnelProtocol tunnelProtocol,
    boolean dualTunnel,
    Optional<EdgeId> hub,
    Cidr addressPool,
    Optional<RekeyInterval> rekeyEvery,
    Optional<SaAlgorithm> saAlgorithm,
    Optional<Long> rekeyAfterBytes,
    Optional<Long> rekeyAfterPackets) {

  /** These settings as the API shows them. */
  public static GroupSettingsAnswer of(GroupSettings settings) {
    SaLimits limits = settings.associations().limits();
    return new GroupSettingsAnswer(
        settings.id(),
        settings.name(),
        settings.topology(),
        settings.tunnelProtocol(),
        settings.dualTunnel(),
        settings.hub(),
        settings.addressPool(),
        settings.rekeyEvery(),
        switch (settings.tunnelProtocol()) {
          case IPSEC -> Optional.of(settings.associations().algorithm());
          case WIREGUARD -> Optional.empty();
        },
        limits.bytes(),
        limits.packets());
  }
}
