package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupEvent.GroupChanged;
import io.linkwright.domain.group.GroupEvent.GroupCreated;
import io.linkwright.domain.group.GroupEvent.GroupDeleted;
import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.GroupEvent.LinkAdded;
import io.linkwright.domain.group.GroupEvent.LinkChanged;
import io.linkwright.domain.group.GroupEvent.LinkRemoved;
import io.linkwright.domain.group.GroupEvent.LinkSuspended;
import io.linkwright.domain.group.GroupEvent.MemberAdded;
import io.linkwright.domain.group.GroupEvent.MemberChanged;
import io.linkwright.domain.group.GroupEvent.MemberRemoved;
import io.linkwright.domain.group.GroupEvent.MemberRevoked;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import io.linkwright.http.Json;
import io.linkwright.topology.view.MemberRecord;
import java.util.List;

/**
 * Events as the audit log and the stream of changes show them: {@code type} names the event, one
 * more field holds what it is about, {@code consequences} the topology events that followed.
 */
final class EventJson {
  private EventJson() {}

  static ObjectNode of(RecordedEvent event, List<TopologyEvent> consequences) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("revision", event.revision());
    json.put("eventId", event.eventId().toString());
    json.put("occurredAt", event.occurredAt().toString());
    json.put("actor", event.actor());
    json.put("commandId", event.commandId());
    json.put("type", event.payload().getClass().getSimpleName());
    addPayload(json, event.payload());
    ArrayNode followed = json.putArray("consequences");
    consequences.forEach(consequence -> addConsequence(followed.addObject(), consequence));
    return json;
  }

  private static void addPayload(ObjectNode json, GroupEvent payload) {
    switch (payload) {
      case GroupCreated(GroupSettings settings) -> addSettings(json.putObject("group"), settings);
      case GroupChanged(GroupSettings settings) -> addSettings(json.putObject("group"), settings);
      case GroupDeleted _ -> json.putNull("group");
      case MemberAdded(Member member) -> addMember(json.putObject("member"), member);
      case MemberChanged(Member member) -> addMember(json.putObject("member"), member);
      case MemberRevoked(Member member, List<String> keyFingerprints) -> {
        addMember(json.putObject("member"), member);
        ArrayNode fingerprints = json.putArray("revokedKeyFingerprints");
        keyFingerprints.forEach(fingerprints::add);
      }
      case MemberRemoved(EdgeId edge) -> json.putObject("member").put("edge", edge.value());
      case LinkAdded(LinkConfiguration link) -> LinkJson.add(json.putObject("link"), link);
      case LinkChanged(LinkConfiguration link) -> LinkJson.add(json.putObject("link"), link);
      case LinkSuspended(LinkConfiguration link) -> LinkJson.add(json.putObject("link"), link);
      case LinkRemoved(LinkId link) -> LinkJson.add(json.putObject("link"), link);
      case GroupRecovered(long lastRevision) -> json.put("lastRevision", lastRevision);
    }
  }

  private static void addSettings(ObjectNode json, GroupSettings settings) {
    json.put("id", settings.id().value());
    json.put("name", settings.name());
    json.put("topology", settings.topology().label());
    json.put("tunnelProtocol", settings.tunnelProtocol().label());
    json.put("dualTunnel", settings.dualTunnel());
    json.put("hub", settings.hub().map(EdgeId::value).orElse(null));
    json.put("addressPool", settings.addressPool().toString());
    json.put("rekeyEvery", settings.rekeyEvery().map(RekeyInterval::toString).orElse(null));
    LinkJson.addAssociations(json, settings);
  }

  /** The sealing key is left out: 1,216 bytes that tell a reader nothing. */
  private static void addMember(ObjectNode json, Member member) {
    json.put("edge", member.edge().value());
    MemberJson.add(json, MemberRecord.of(member));
    json.put("identityKey", member.keys().map(keys -> keys.identity().base64()).orElse(null));
    ArrayNode wireGuard = json.putArray("wireGuardKeys");
    member
        .keys()
        .ifPresent(
            keys -> keys.wireGuard().stream().map(PublicKey::base64).forEach(wireGuard::add));
  }

  private static void addConsequence(ObjectNode json, TopologyEvent consequence) {
    json.put("type", consequence.getClass().getSimpleName());
    switch (consequence) {
      case MemberIsolated(EdgeId edge) -> json.put("edge", edge.value());
      case MemberConnected(EdgeId edge) -> json.put("edge", edge.value());
      case GroupSplit(LinkId link, int parts) ->
          json.put("link", link.toString()).put("parts", parts);
      case GroupJoined(LinkId link, int parts) ->
          json.put("link", link.toString()).put("parts", parts);
      case MeshComplete(long members, long links) ->
          json.put("members", members).put("links", links);
    }
  }
}
