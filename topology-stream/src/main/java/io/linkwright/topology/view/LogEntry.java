package io.linkwright.topology.view;

import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.List;
import java.util.UUID;

/**
 * Where an event stands on {@code linkwright.events}, and what it meant for the group: enough to
 * show the audit log and to resume a stream of changes without deriving the past again.
 *
 * @param offset in the group's partition
 * @param eventMark of the event's id: tells a repeated event from another one at its revision
 * @param consequences the first {@link #MAX_CONSEQUENCES} topology events it caused; all of them
 *     are on {@code linkwright.topology}
 */
public record LogEntry(long offset, long eventMark, List<TopologyEvent> consequences) {
  /** Only switching a large group to a partial mesh causes more than a handful. */
  static final int MAX_CONSEQUENCES = 1_000;

  private static final byte VERSION = 1;
  private static final int ISOLATED = 1;
  private static final int CONNECTED = 2;
  private static final int SPLIT = 3;
  private static final int JOINED = 4;
  private static final int COMPLETE = 5;

  /** Copies the list. */
  public LogEntry {
    consequences = List.copyOf(consequences);
  }

  static LogEntry of(long offset, UUID eventId, List<TopologyEvent> consequences) {
    return new LogEntry(
        offset,
        mark(eventId),
        consequences.subList(0, Math.min(consequences.size(), MAX_CONSEQUENCES)));
  }

  boolean isOf(UUID eventId) {
    return eventMark == mark(eventId);
  }

  byte[] toBytes() {
    return new RecordWriter(VERSION)
        .number(offset)
        .fixed(eventMark)
        .list(consequences, LogEntry::write)
        .toBytes();
  }

  static LogEntry read(byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    return new LogEntry(reader.number(), reader.fixed(), reader.list(LogEntry::readConsequence));
  }

  private static long mark(UUID eventId) {
    return eventId.getMostSignificantBits() ^ eventId.getLeastSignificantBits();
  }

  private static void write(RecordWriter writer, TopologyEvent event) {
    switch (event) {
      case MemberIsolated(EdgeId edge) -> writer.number(ISOLATED).text(edge.value());
      case MemberConnected(EdgeId edge) -> writer.number(CONNECTED).text(edge.value());
      case GroupSplit(LinkId link, int parts) ->
          writer.number(SPLIT).text(link.toString()).number(parts);
      case GroupJoined(LinkId link, int parts) ->
          writer.number(JOINED).text(link.toString()).number(parts);
      case MeshComplete(long members, long links) ->
          writer.number(COMPLETE).number(members).number(links);
    }
  }

  private static TopologyEvent readConsequence(RecordReader reader) {
    int kind = (int) reader.number();
    return switch (kind) {
      case ISOLATED -> new MemberIsolated(new EdgeId(reader.text()));
      case CONNECTED -> new MemberConnected(new EdgeId(reader.text()));
      case SPLIT -> new GroupSplit(LinkId.parse(reader.text()), (int) reader.number());
      case JOINED -> new GroupJoined(LinkId.parse(reader.text()), (int) reader.number());
      case COMPLETE -> new MeshComplete(reader.number(), reader.number());
      default -> throw new UnreadableViewException("unknown topology event %d".formatted(kind));
    };
  }
}
