package io.linkwright.topology.view;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was last heard of an edge in a group, and what that is still worth. */
public record StatusRecord(EdgeStatus heard) {
  /** Edges report every 30 s: after two reports missed, nothing is known of the edge. */
  public static final Duration HEARD_WITHIN = Duration.ofSeconds(60);

  private static final byte VERSION = 1;

  /** Whether only the time differs. */
  public boolean saysTheSameAs(EdgeStatus next) {
    return heard.connected() == next.connected()
        && heard.acknowledgedRevision() == next.acknowledgedRevision()
        && heard.lastError().equals(next.lastError())
        && heard.tunnels().equals(next.tunnels());
  }

  /** Whether the edge was connected when last heard of, and that is not too long ago. */
  public boolean isConnected(Instant now) {
    return heard.connected() && heard.reportedAt().plus(HEARD_WITHIN).isAfter(now);
  }

  byte[] toBytes() {
    RecordWriter writer = new RecordWriter(VERSION).text(heard.connectionId());
    write(writer, heard.connectedAt());
    write(writer, heard.reportedAt());
    return writer
        .flag(heard.connected())
        .number(heard.acknowledgedRevision())
        .optional(heard.lastError(), RecordWriter::text)
        .list(heard.tunnels(), StatusRecord::write)
        .toBytes();
  }

  /** Empty if it says what cannot be: earlier builds kept whatever an edge had said. */
  static Optional<StatusRecord> read(GroupId group, EdgeId edge, byte[] bytes) {
    try {
      return Optional.of(readSound(group, edge, bytes));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }

  private static StatusRecord readSound(GroupId group, EdgeId edge, byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    String connectionId = reader.text();
    Instant connectedAt = readInstant(reader);
    Instant reportedAt = readInstant(reader);
    boolean connected = reader.flag();
    long acknowledgedRevision = reader.number();
    Optional<String> lastError = reader.optional(RecordReader::text);
    return new StatusRecord(
        new EdgeStatus(
            group,
            edge,
            connectionId,
            connectedAt,
            connected,
            acknowledgedRevision,
            lastError,
            reader.list(StatusRecord::readTunnel),
            reportedAt));
  }

  private static void write(RecordWriter writer, Instant instant) {
    writer.fixed(instant.getEpochSecond()).number(instant.getNano());
  }

  private static Instant readInstant(RecordReader reader) {
    return Instant.ofEpochSecond(reader.fixed(), reader.number());
  }

  private static void write(RecordWriter writer, TunnelStatus tunnel) {
    writer.text(tunnel.link().toString()).number(tunnel.tunnelIndex()).text(tunnel.state().name());
  }

  private static TunnelStatus readTunnel(RecordReader reader) {
    return new TunnelStatus(
        LinkId.parse(reader.text()), (int) reader.number(), TunnelState.valueOf(reader.text()));
  }
}
