package io.linkwright.schemas;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.schemas.avro.EdgeStatusReported;
import io.linkwright.schemas.avro.KeyChangeRecord;
import io.linkwright.schemas.avro.KeysInUseRecord;
import io.linkwright.schemas.avro.LinkStatusRecord;
import io.linkwright.schemas.avro.TunnelStateKind;
import io.linkwright.schemas.avro.TunnelStatusRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Values of {@code linkwright.edge-status}. Times are kept to the microsecond. */
final class EdgeStatusCodec implements Codec<EdgeStatus, EdgeStatusReported> {
  private static final int PRIMARY = 0;
  private static final int SECONDARY = 1;

  @Override
  public Class<EdgeStatusReported> avroType() {
    return EdgeStatusReported.class;
  }

  @Override
  public EdgeStatusReported toAvro(EdgeStatus status) {
    return new EdgeStatusReported(
        status.group().value(),
        status.edge().value(),
        status.connectionId(),
        status.connectedAt(),
        status.opens(),
        status.connected(),
        status.acknowledgedRevision(),
        status.lastError().orElse(null),
        List.of(),
        List.of(),
        links(status),
        status.reportedAt());
  }

  /** One for each link of which something is said, in the order of the links. */
  private static List<LinkStatusRecord> links(EdgeStatus status) {
    Map<LinkId, TunnelStateKind> primary = new HashMap<>();
    Map<LinkId, TunnelStateKind> secondary = new HashMap<>();
    Map<LinkId, KeysInUseRecord> keys = new HashMap<>();
    for (TunnelStatus tunnel : status.tunnels()) {
      (tunnel.tunnelIndex() == PRIMARY ? primary : secondary)
          .put(tunnel.link(), toAvro(tunnel.state()));
    }
    for (KeyChange change : status.keyChanges()) {
      keys.put(change.link(), new KeysInUseRecord(change.newest(), change.sending()));
    }
    return Stream.of(primary, secondary, keys)
        .flatMap(said -> said.keySet().stream())
        .distinct()
        .sorted()
        .map(
            link ->
                new LinkStatusRecord(
                    link.peerOf(status.edge()).value(),
                    primary.get(link),
                    secondary.get(link),
                    keys.get(link)))
        .toList();
  }

  @Override
  public EdgeStatus toDomain(EdgeStatusReported status) {
    EdgeId edge = new EdgeId(status.getEdge());
    List<TunnelStatus> tunnels = new ArrayList<>();
    List<KeyChange> keyChanges = new ArrayList<>();
    status.getTunnels().forEach(tunnel -> tunnels.add(toDomain(tunnel)));
    status.getKeyChanges().forEach(change -> keyChanges.add(toDomain(change)));
    for (LinkStatusRecord record : status.getLinks()) {
      LinkId link = LinkId.between(edge, new EdgeId(record.getPeer()));
      if (record.getPrimary() != null) {
        tunnels.add(new TunnelStatus(link, PRIMARY, toDomain(record.getPrimary())));
      }
      if (record.getSecondary() != null) {
        tunnels.add(new TunnelStatus(link, SECONDARY, toDomain(record.getSecondary())));
      }
      if (record.getKeys() != null) {
        keyChanges.add(
            new KeyChange(link, record.getKeys().getNewest(), record.getKeys().getSending()));
      }
    }
    return new EdgeStatus(
        new GroupId(status.getGroup()),
        edge,
        status.getConnectionId(),
        status.getConnectedAt(),
        status.getOpens(),
        status.getConnected(),
        status.getAcknowledgedRevision(),
        Optional.ofNullable(status.getLastError()),
        tunnels,
        keyChanges,
        status.getReportedAt());
  }

  private static TunnelStatus toDomain(TunnelStatusRecord status) {
    return new TunnelStatus(
        LinkId.parse(status.getLink()), status.getTunnelIndex(), toDomain(status.getState()));
  }

  private static KeyChange toDomain(KeyChangeRecord change) {
    return new KeyChange(LinkId.parse(change.getLink()), change.getNewest(), change.getSending());
  }

  private static TunnelStateKind toAvro(TunnelState state) {
    return switch (state) {
      case UP -> TunnelStateKind.UP;
      case DOWN -> TunnelStateKind.DOWN;
      case UNKNOWN -> TunnelStateKind.UNKNOWN;
    };
  }

  private static TunnelState toDomain(TunnelStateKind state) {
    return switch (state) {
      case UP -> TunnelState.UP;
      case DOWN -> TunnelState.DOWN;
      case UNKNOWN -> TunnelState.UNKNOWN;
    };
  }
}
