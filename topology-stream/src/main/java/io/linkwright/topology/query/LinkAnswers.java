package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.http.Json;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LinkRecord;
import io.linkwright.topology.view.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The links table: what is configured, joined with what both ends say of it. */
final class LinkAnswers {
  private final InstantSource clock;

  LinkAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /** A page of all links, if the group exists. */
  Optional<ObjectNode> links(GroupView view, GroupId id, Page<LinkId> page) {
    GroupRecord group = view.group(id);
    if (group.settings().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(table(view, id, page, view.links(id, page.andOneMore())));
  }

  /** A page of the links that end at {@code edge}, if it is a member. */
  Optional<ObjectNode> linksOf(GroupView view, GroupId id, EdgeId edge, Page<LinkId> page) {
    if (view.member(id, edge).isEmpty()) {
      return Optional.empty();
    }
    Page<EdgeId> peers =
        new Page<>(page.after().map(link -> link.peerOf(edge)), page.limit()).andOneMore();
    List<Map.Entry<LinkId, LinkRecord>> found =
        view.neighbours(id, edge, peers).stream()
            .map(peer -> LinkId.between(edge, peer))
            .map(link -> Map.entry(link, view.link(id, link).orElseThrow()))
            .toList();
    return Optional.of(table(view, id, page, found));
  }

  private ObjectNode table(
      GroupView view, GroupId id, Page<LinkId> page, List<Map.Entry<LinkId, LinkRecord>> found) {
    GroupRecord group = view.group(id);
    TunnelStates states = new TunnelStates(view, id, clock.instant());
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("revision", group.revision());
    ArrayNode links = json.putArray("links");
    for (Map.Entry<LinkId, LinkRecord> link : page.of(found)) {
      ObjectNode row = links.addObject();
      LinkJson.add(row, link.getKey());
      row.put("removable", group.isPartialMesh());
      addTunnels(row.putArray("tunnels"), link.getKey(), link.getValue(), states);
    }
    json.put("next", page.next(found).map(last -> last.getKey().toString()).orElse(null));
    return json;
  }

  private static void addTunnels(
      ArrayNode tunnels, LinkId id, LinkRecord link, TunnelStates states) {
    for (int index : link.tunnelIndexes()) {
      TunnelState state = states.joined(id, link, index);
      ObjectNode tunnel =
          tunnels
              .addObject()
              .put("index", index)
              .put("interface", Tunnel.interfaceName(index))
              .put("status", state.name())
              .put("statusText", text(link.protocol(), state));
      ArrayNode ends = tunnel.putArray("ends");
      for (EdgeId edge : id.edges()) {
        ends.addObject()
            .put("edge", edge.value())
            .put("status", states.at(edge, id, link, index).name())
            .put("heardAt", states.heardAt(edge).map(Instant::toString).orElse(null));
      }
    }
  }

  /** IPsec operators look for the security association, WireGuard has none. */
  private static String text(TunnelProtocol protocol, TunnelState state) {
    String word =
        switch (state) {
          case UP -> protocol == TunnelProtocol.IPSEC ? "Established" : "Up";
          case DOWN -> "Down";
          case UNKNOWN -> "Unknown";
        };
    return switch (protocol) {
      case IPSEC -> "SA: " + word;
      case WIREGUARD -> word;
    };
  }
}
