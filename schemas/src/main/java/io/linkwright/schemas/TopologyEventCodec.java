package io.linkwright.schemas;

import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.schemas.avro.GroupJoined;
import io.linkwright.schemas.avro.GroupSplit;
import io.linkwright.schemas.avro.MemberConnected;
import io.linkwright.schemas.avro.MemberIsolated;
import io.linkwright.schemas.avro.MeshComplete;
import org.apache.avro.specific.SpecificRecord;

/** Values of {@code linkwright.topology}. Times are kept to the microsecond. */
final class TopologyEventCodec
    implements Codec<RecordedTopologyEvent, io.linkwright.schemas.avro.TopologyEvent> {
  @Override
  public Class<io.linkwright.schemas.avro.TopologyEvent> avroType() {
    return io.linkwright.schemas.avro.TopologyEvent.class;
  }

  @Override
  public io.linkwright.schemas.avro.TopologyEvent toAvro(RecordedTopologyEvent event) {
    return new io.linkwright.schemas.avro.TopologyEvent(
        event.eventId(),
        event.group().value(),
        event.revision(),
        event.occurredAt(),
        payloadToAvro(event.payload()));
  }

  @Override
  public RecordedTopologyEvent toDomain(io.linkwright.schemas.avro.TopologyEvent event) {
    return new RecordedTopologyEvent(
        event.getEventId(),
        new GroupId(event.getGroup()),
        event.getRevision(),
        event.getOccurredAt(),
        payloadToDomain(event.getPayload()));
  }

  private static SpecificRecord payloadToAvro(TopologyEvent payload) {
    return switch (payload) {
      case TopologyEvent.MemberIsolated(var edge) -> new MemberIsolated(edge.value());
      case TopologyEvent.MemberConnected(var edge) -> new MemberConnected(edge.value());
      case TopologyEvent.GroupSplit(var link, int parts) -> new GroupSplit(link.toString(), parts);
      case TopologyEvent.GroupJoined(var link, int parts) ->
          new GroupJoined(link.toString(), parts);
      case TopologyEvent.MeshComplete(long members, long links) -> new MeshComplete(members, links);
    };
  }

  /** Avro's unions are plain objects in Java, so the compiler cannot check this switch. */
  private static TopologyEvent payloadToDomain(Object payload) {
    return switch (payload) {
      case MemberIsolated event -> new TopologyEvent.MemberIsolated(new EdgeId(event.getEdge()));
      case MemberConnected event -> new TopologyEvent.MemberConnected(new EdgeId(event.getEdge()));
      case GroupSplit event ->
          new TopologyEvent.GroupSplit(LinkId.parse(event.getLink()), event.getParts());
      case GroupJoined event ->
          new TopologyEvent.GroupJoined(LinkId.parse(event.getLink()), event.getParts());
      case MeshComplete event ->
          new TopologyEvent.MeshComplete(event.getMembers(), event.getLinks());
      default -> throw UnionBranches.unknown("topology event", payload);
    };
  }
}
