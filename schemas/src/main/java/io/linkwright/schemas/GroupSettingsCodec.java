package io.linkwright.schemas;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.schemas.avro.GroupSettingsRecord;
import io.linkwright.schemas.avro.SaAlgorithmKind;
import io.linkwright.schemas.avro.TopologyKind;
import io.linkwright.schemas.avro.TunnelProtocolKind;
import java.time.Duration;
import java.util.Optional;

/** Settings of a group; their id stands in the envelope only. */
final class GroupSettingsCodec {
  private GroupSettingsCodec() {}

  static GroupSettingsRecord toAvro(GroupId group, GroupSettings settings) {
    if (!settings.id().equals(group)) {
      throw new IllegalArgumentException(
          "settings of group %s in an event of group %s".formatted(settings.id(), group));
    }
    return new GroupSettingsRecord(
        settings.name(),
        toAvro(settings.topology()),
        toAvro(settings.tunnelProtocol()),
        settings.dualTunnel(),
        settings.hub().map(EdgeId::value).orElse(null),
        settings.addressPool().toString(),
        settings.rekeyEvery().map(interval -> interval.duration().toSeconds()).orElse(null),
        toAvro(settings.associations().algorithm()),
        settings.associations().limits().bytes().orElse(null),
        settings.associations().limits().packets().orElse(null));
  }

  static GroupSettings toDomain(GroupId group, GroupSettingsRecord settings) {
    return new GroupSettings(
        group,
        settings.getName(),
        toDomain(settings.getTopology()),
        toDomain(settings.getTunnelProtocol()),
        settings.getDualTunnel(),
        Optional.ofNullable(settings.getHub()).map(EdgeId::new),
        Cidr.parse(settings.getAddressPool()),
        Optional.ofNullable(settings.getRekeyEverySeconds())
            .map(seconds -> new RekeyInterval(Duration.ofSeconds(seconds))),
        new SaPolicy(
            Optional.ofNullable(settings.getSaAlgorithm())
                .map(LinkCodec::toDomain)
                .orElse(SaPolicy.DEFAULT.algorithm()),
            LinkCodec.limits(settings.getRekeyAfterBytes(), settings.getRekeyAfterPackets())));
  }

  /** What goes without saying is left out. */
  private static SaAlgorithmKind toAvro(SaAlgorithm algorithm) {
    return algorithm == SaPolicy.DEFAULT.algorithm() ? null : LinkCodec.toAvro(algorithm);
  }

  static TunnelProtocolKind toAvro(TunnelProtocol protocol) {
    return switch (protocol) {
      case WIREGUARD -> TunnelProtocolKind.WIREGUARD;
      case IPSEC -> TunnelProtocolKind.IPSEC;
    };
  }

  static TunnelProtocol toDomain(TunnelProtocolKind protocol) {
    return switch (protocol) {
      case WIREGUARD -> TunnelProtocol.WIREGUARD;
      case IPSEC -> TunnelProtocol.IPSEC;
    };
  }

  private static TopologyKind toAvro(Topology topology) {
    return switch (topology) {
      case PARTIAL_MESH -> TopologyKind.PARTIAL_MESH;
      case MESH -> TopologyKind.MESH;
      case HUB_SPOKE -> TopologyKind.HUB_SPOKE;
    };
  }

  private static Topology toDomain(TopologyKind topology) {
    return switch (topology) {
      case PARTIAL_MESH -> Topology.PARTIAL_MESH;
      case MESH -> Topology.MESH;
      case HUB_SPOKE -> Topology.HUB_SPOKE;
    };
  }
}
