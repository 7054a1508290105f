package io.linkwright.schemas;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.KeyChange;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.schemas.avro.EdgeStatusReported;
import io.linkwright.schemas.avro.KeyChangeRecord;
import io.linkwright.schemas.avro.TunnelStateKind;
import io.linkwright.schemas.avro.TunnelStatusRecord;
import java.util.Optional;

/** Values of {@code linkwright.edge-status}. Times are kept to the microsecond. */
final class EdgeStatusCodec implements Codec<EdgeStatus, EdgeStatusReported> {
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
        status.connected(),
        status.acknowledgedRevision(),
        status.lastError().orElse(null),
        status.tunnels().stream().map(EdgeStatusCodec::toAvro).toList(),
        status.keyChanges().stream().map(EdgeStatusCodec::toAvro).toList(),
        status.reportedAt());
  }

  @Override
  public EdgeStatus toDomain(EdgeStatusReported status) {
    return new EdgeStatus(
        new GroupId(status.getGroup()),
        new EdgeId(status.getEdge()),
        status.getConnectionId(),
        status.getConnectedAt(),
        status.getConnected(),
        status.getAcknowledgedRevision(),
        Optional.ofNullable(status.getLastError()),
        status.getTunnels().stream().map(EdgeStatusCodec::toDomain).toList(),
        status.getKeyChanges().stream().map(EdgeStatusCodec::toDomain).toList(),
        status.getReportedAt());
  }

  private static TunnelStatusRecord toAvro(TunnelStatus status) {
    return new TunnelStatusRecord(
        status.link().toString(), status.tunnelIndex(), toAvro(status.state()));
  }

  private static TunnelStatus toDomain(TunnelStatusRecord status) {
    return new TunnelStatus(
        LinkId.parse(status.getLink()), status.getTunnelIndex(), toDomain(status.getState()));
  }

  private static KeyChangeRecord toAvro(KeyChange change) {
    return new KeyChangeRecord(change.link().toString(), change.newest(), change.sending());
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
