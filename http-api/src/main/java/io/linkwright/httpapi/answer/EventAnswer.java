package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.TopologyEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A fact of a group's log.
 *
 * @param type its name, as in {@code LinkAdded}; a newer server may have further ones
 * @param subject what it is about, as one more member
 * @param consequences what followed for the topology
 */
@JsonPropertyOrder({
  "revision",
  "eventId",
  "occurredAt",
  "actor",
  "commandId",
  "type",
  "subject",
  "consequences"
})
public record EventAnswer(
    long revision,
    UUID eventId,
    Instant occurredAt,
    String actor,
    String commandId,
    String type,
    @JsonUnwrapped EventSubject subject,
    List<Consequence> consequences) {

  /** Copies the list. */
  public EventAnswer {
    consequences = List.copyOf(consequences);
  }

  /** An event of the log as the API shows it. */
  public static EventAnswer of(RecordedEvent event, List<TopologyEvent> consequences) {
    return new EventAnswer(
        event.revision(),
        event.eventId(),
        event.occurredAt(),
        event.actor(),
        event.commandId(),
        event.payload().getClass().getSimpleName(),
        EventSubject.of(event.payload()),
        consequences.stream().map(Consequence::of).toList());
  }

  @JsonCreator
  static EventAnswer read(
      @JsonProperty("revision") long revision,
      @JsonProperty("eventId") UUID eventId,
      @JsonProperty("occurredAt") Instant occurredAt,
      @JsonProperty("actor") String actor,
      @JsonProperty("commandId") String commandId,
      @JsonProperty("type") String type,
      @JsonProperty("group") Optional<GroupSettingsAnswer> group,
      @JsonProperty("member") Optional<EventMember> member,
      @JsonProperty("revokedKeyFingerprints") Optional<List<String>> revokedKeyFingerprints,
      @JsonProperty("link") Optional<EventLink> link,
      @JsonProperty("lastRevision") Optional<Long> lastRevision,
      @JsonProperty("consequences") List<Consequence> consequences) {
    Optional<EventSubject> revoked =
        member.flatMap(
            of -> revokedKeyFingerprints.map(keys -> new EventSubject.OfRevokedMember(of, keys)));
    EventSubject subject =
        revoked
            .or(() -> member.map(EventSubject.OfMember::new))
            .or(() -> link.map(EventSubject.OfLink::new))
            .or(() -> lastRevision.map(EventSubject.OfRecovery::new))
            .orElseGet(() -> new EventSubject.OfGroup(group));
    return new EventAnswer(
        revision, eventId, occurredAt, actor, commandId, type, subject, consequences);
  }
}
