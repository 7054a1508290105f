package io.linkwright.schemas;

import io.linkwright.domain.group.CommandDigest;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.schemas.avro.GroupChanged;
import io.linkwright.schemas.avro.GroupCreated;
import io.linkwright.schemas.avro.GroupDeleted;
import io.linkwright.schemas.avro.GroupRecovered;
import io.linkwright.schemas.avro.LinkAdded;
import io.linkwright.schemas.avro.LinkChanged;
import io.linkwright.schemas.avro.LinkRemoved;
import io.linkwright.schemas.avro.LinkSuspended;
import io.linkwright.schemas.avro.MemberAdded;
import io.linkwright.schemas.avro.MemberChanged;
import io.linkwright.schemas.avro.MemberRemoved;
import io.linkwright.schemas.avro.MemberRevoked;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Values of {@code linkwright.events}. Times are kept to the microsecond. */
final class GroupEventCodec implements Codec<RecordedEvent, io.linkwright.schemas.avro.GroupEvent> {
  @Override
  public Class<io.linkwright.schemas.avro.GroupEvent> avroType() {
    return io.linkwright.schemas.avro.GroupEvent.class;
  }

  @Override
  public io.linkwright.schemas.avro.GroupEvent toAvro(RecordedEvent event) {
    return new io.linkwright.schemas.avro.GroupEvent(
        event.eventId(),
        event.group().value(),
        event.revision(),
        event.occurredAt(),
        event.actor(),
        event.commandId(),
        event.commandDigest().map(GroupEventCodec::digestToAvro).orElse(null),
        payloadToAvro(event.group(), event.payload()));
  }

  @Override
  public RecordedEvent toDomain(io.linkwright.schemas.avro.GroupEvent event) {
    GroupId group = new GroupId(event.getGroup());
    return new RecordedEvent(
        event.getEventId(),
        group,
        event.getRevision(),
        event.getOccurredAt(),
        event.getActor(),
        event.getCommandId(),
        Optional.ofNullable(event.getCommandDigest()).map(GroupEventCodec::digestToDomain),
        payloadToDomain(group, event.getPayload()));
  }

  private static ByteBuffer digestToAvro(CommandDigest digest) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digest.hex()));
  }

  private static CommandDigest digestToDomain(ByteBuffer digest) {
    byte[] bytes = new byte[digest.remaining()];
    digest.duplicate().get(bytes);
    return new CommandDigest(HexFormat.of().formatHex(bytes));
  }

  private static SpecificRecord payloadToAvro(GroupId group, GroupEvent payload) {
    return switch (payload) {
      case GroupEvent.GroupCreated(var settings) ->
          new GroupCreated(GroupSettingsCodec.toAvro(group, settings));
      case GroupEvent.GroupChanged(var settings) ->
          new GroupChanged(GroupSettingsCodec.toAvro(group, settings));
      case GroupEvent.GroupDeleted() -> new GroupDeleted();
      case GroupEvent.MemberAdded(var member) -> new MemberAdded(MemberCodec.toAvro(member));
      case GroupEvent.MemberChanged(var member) -> new MemberChanged(MemberCodec.toAvro(member));
      case GroupEvent.MemberRevoked(var member, var keyFingerprints) ->
          new MemberRevoked(MemberCodec.toAvro(member), keyFingerprints);
      case GroupEvent.MemberRemoved(var edge) -> new MemberRemoved(edge.value());
      case GroupEvent.LinkAdded(var link) -> new LinkAdded(LinkCodec.toAvro(link));
      case GroupEvent.LinkChanged(var link) -> new LinkChanged(LinkCodec.toAvro(link));
      case GroupEvent.LinkSuspended(var link) -> new LinkSuspended(LinkCodec.toAvro(link));
      case GroupEvent.LinkRemoved(var link) -> new LinkRemoved(link.toString());
      case GroupEvent.GroupRecovered(var lastRevision) -> new GroupRecovered(lastRevision);
    };
  }

  /** Avro's unions are plain objects in Java, so the compiler cannot check this switch. */
  private static GroupEvent payloadToDomain(GroupId group, Object payload) {
    return switch (payload) {
      case GroupCreated event ->
          new GroupEvent.GroupCreated(GroupSettingsCodec.toDomain(group, event.getSettings()));
      case GroupChanged event ->
          new GroupEvent.GroupChanged(GroupSettingsCodec.toDomain(group, event.getSettings()));
      case GroupDeleted _ -> new GroupEvent.GroupDeleted();
      case MemberAdded event -> new GroupEvent.MemberAdded(MemberCodec.toDomain(event.getMember()));
      case MemberChanged event ->
          new GroupEvent.MemberChanged(MemberCodec.toDomain(event.getMember()));
      case MemberRevoked event ->
          new GroupEvent.MemberRevoked(
              MemberCodec.toDomain(event.getMember()), event.getKeyFingerprints());
      case MemberRemoved event -> new GroupEvent.MemberRemoved(new EdgeId(event.getEdge()));
      case LinkAdded event -> new GroupEvent.LinkAdded(LinkCodec.toDomain(event.getLink()));
      case LinkChanged event -> new GroupEvent.LinkChanged(LinkCodec.toDomain(event.getLink()));
      case LinkSuspended event -> new GroupEvent.LinkSuspended(LinkCodec.toDomain(event.getLink()));
      case LinkRemoved event -> new GroupEvent.LinkRemoved(LinkId.parse(event.getLink()));
      case GroupRecovered event -> new GroupEvent.GroupRecovered(event.getLastRevision());
      default -> throw UnionBranches.unknown("group event", payload);
    };
  }
}
