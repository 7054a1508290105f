package io.linkwright.agent.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who a device is, apart from its keys. Nothing in it is secret, but whoever changes the pinned key
 * changes whom the device obeys.
 *
 * @param server whom it joined at and connects to
 * @param controller whose signature counts
 * @param groups in which it has enrolled
 */
public record EdgeProfile(
    EdgeId edge, URI server, ControllerPublicKey controller, SortedSet<GroupId> groups) {
  private static final String TYPE = "edge-profile";
  private static final int VERSION = 1;

  /** Copies the set. */
  public EdgeProfile {
    groups = new TreeSet<>(groups);
  }

  /** The same device in one more group. */
  EdgeProfile joined(GroupId group) {
    SortedSet<GroupId> more = new TreeSet<>(groups);
    more.add(group);
    return new EdgeProfile(edge, server, controller, more);
  }

  byte[] toJson() {
    ObjectNode json =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("type", TYPE)
            .put("version", VERSION)
            .put("edge", edge.value())
            .put("server", server.toString())
            .put("controllerKey", controller.key().base64());
    ArrayNode names = json.putArray("groups");
    groups.forEach(group -> names.add(group.value()));
    return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static EdgeProfile ofJson(byte[] bytes) {
    JsonNode json;
    try {
      json = LinkwrightApi.mapper().readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("is not JSON", malformed);
    }
    if (!json.path("type").asText().equals(TYPE) || json.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException("is no edge profile of version " + VERSION);
    }
    SortedSet<GroupId> groups = new TreeSet<>();
    json.path("groups").forEach(group -> groups.add(new GroupId(group.asText())));
    return new EdgeProfile(
        new EdgeId(json.path("edge").asText()),
        URI.create(json.path("server").asText()),
        new ControllerPublicKey(new PublicKey(json.path("controllerKey").asText())),
        groups);
  }
}
