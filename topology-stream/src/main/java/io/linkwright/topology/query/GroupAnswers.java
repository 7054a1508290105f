package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.http.Json;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.MemberRecord;
import io.linkwright.topology.view.NodeRecord;
import io.linkwright.topology.view.Page;
import io.linkwright.topology.view.StatusRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers about a group and its members, from the records of the view. */
final class GroupAnswers {
  private final InstantSource clock;

  GroupAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /** The group, if it exists. */
  Optional<ObjectNode> group(GroupView view, GroupId id) {
    GroupRecord group = view.group(id);
    return group.settings().map(settings -> group(view, group, settings));
  }

  private ObjectNode group(GroupView view, GroupRecord group, GroupSettings settings) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", settings.id().value());
    json.put("name", settings.name());
    json.put("topology", settings.topology().label());
    json.put("tunnelProtocol", settings.tunnelProtocol().label());
    json.put("dualTunnel", settings.dualTunnel());
    json.put("hub", settings.hub().map(EdgeId::value).orElse(null));
    json.put("addressPool", settings.addressPool().toString());
    json.put("rekeyEvery", settings.rekeyEvery().map(RekeyInterval::toString).orElse(null));
    LinkJson.addAssociations(json, settings);
    json.put("revision", group.revision());
    json.put("memberCount", group.members());
    json.put("linkCount", group.links());
    List<EdgeId> isolated = isolated(view, group, settings.id());
    ArrayNode edges = json.putArray("isolatedMembers");
    isolated.forEach(edge -> edges.add(edge.value()));
    boolean hubIsMember =
        settings.hub().filter(hub -> view.member(settings.id(), hub).isPresent()).isPresent();
    json.set("damage", group.damage().<JsonNode>map(DamageJson::of).orElse(null));
    ArrayNode notices = json.putArray("notices");
    group
        .damage()
        .map(damage -> Notice.groupDamaged(damage, group.revision()))
        .ifPresent(notice -> notice.addTo(notices.addObject()));
    Notice.of(group, settings, isolated, hubIsMember)
        .forEach(notice -> notice.addTo(notices.addObject()));
    FaultyLinks.find(view, settings.id(), clock.instant())
        .values()
        .forEach(notice -> notice.addTo(notices.addObject()));
    return json;
  }

  /** A page of members, if the group exists. */
  Optional<ObjectNode> members(GroupView view, GroupId id, Page<EdgeId> page) {
    GroupRecord group = view.group(id);
    if (group.settings().isEmpty()) {
      return Optional.empty();
    }
    List<Map.Entry<EdgeId, MemberRecord>> found = view.members(id, page.andOneMore());
    Instant now = clock.instant();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("revision", group.revision());
    ArrayNode members = json.putArray("members");
    for (Map.Entry<EdgeId, MemberRecord> member : page.of(found)) {
      ObjectNode row = members.addObject();
      row.put("edge", member.getKey().value());
      MemberJson.add(row, member.getValue());
      addState(row, new MemberState(view, id, group, member.getKey()), now);
    }
    json.put("next", page.next(found).map(last -> last.getKey().value()).orElse(null));
    return Optional.of(json);
  }

  /** All that is known of a member, if it is one. */
  Optional<ObjectNode> member(GroupView view, GroupId id, EdgeId edge) {
    GroupRecord group = view.group(id);
    return view.member(id, edge)
        .map(
            member -> {
              ObjectNode json = Json.mapper().createObjectNode();
              json.put("revision", group.revision());
              json.put("edge", edge.value());
              MemberJson.add(json, member);
              addState(json, new MemberState(view, id, group, edge), clock.instant());
              return json;
            });
  }

  /** Members without a link, where links are made by hand. */
  static List<EdgeId> isolated(GroupView view, GroupRecord group, GroupId id) {
    return group.isPartialMesh() ? view.unlinked(id) : List.of();
  }

  private static void addState(ObjectNode json, MemberState state, Instant now) {
    NodeRecord node = state.node();
    Optional<StatusRecord> status = state.status();
    json.put("linkCount", node.links());
    json.put("isolated", state.isIsolated());
    json.put("connected", status.filter(heard -> heard.isConnected(now)).isPresent());
    json.put("desiredRevision", node.desiredRevision());
    json.put(
        "acknowledgedRevision",
        status.map(known -> known.heard().acknowledgedRevision()).orElse(0L));
    json.put("lastError", status.flatMap(known -> known.heard().lastError()).orElse(null));
  }

  /** What is known of a member beside its description. */
  private record MemberState(GroupView view, GroupId id, GroupRecord group, EdgeId edge) {
    NodeRecord node() {
      return view.node(id, edge);
    }

    Optional<StatusRecord> status() {
      return view.status(id, edge);
    }

    boolean isIsolated() {
      return group.isPartialMesh() && !view.isLinked(id, edge);
    }
  }
}
