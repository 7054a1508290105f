package io.linkwright.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The commands that forms send. Nothing is checked here: the service's words are the ones shown.
 */
public final class Commands {
  private final ApiClient client;

  /** Sends through {@code client}. */
  public Commands(ApiClient client) {
    this.client = client;
  }

  /** What a new group shall be; what is empty is left to the service. */
  public record NewGroup(
      String id,
      Optional<String> name,
      String topology,
      String tunnelProtocol,
      TunnelCount tunnels,
      Optional<String> hub,
      Optional<String> addressPool) {}

  /** How many tunnels carry a link. */
  public enum TunnelCount {
    /** The primary one. */
    ONE,
    /** Primary and secondary: dual tunnel. */
    TWO
  }

  /** What a new member shall be; what is empty is left to the service. */
  public record NewMember(
      String edge,
      Optional<String> name,
      Optional<String> endpoint,
      List<String> allowedSubnets,
      Optional<Double> latitude,
      Optional<Double> longitude) {}

  /** Creates a group. */
  public CommandAnswer createGroup(NewGroup group, String key) {
    ObjectNode body = object().put("id", group.id());
    group.name().ifPresent(name -> body.put("name", name));
    body.put("topology", group.topology());
    body.put("tunnelProtocol", group.tunnelProtocol());
    body.put("dualTunnel", group.tunnels() == TunnelCount.TWO);
    group.hub().ifPresent(hub -> body.put("hub", hub));
    group.addressPool().ifPresent(pool -> body.put("addressPool", pool));
    return client.send(Command.post("/v1/groups", body, key));
  }

  /** Makes a mesh of a group: from then on it links every pair by itself. */
  public CommandAnswer switchToMesh(String group, String key) {
    return client.send(Command.patch("/v1/groups/" + group, object().put("topology", "mesh"), key));
  }

  /** Adds a link. */
  public CommandAnswer addLink(String group, String edgeA, String edgeB, String key) {
    ObjectNode body = object().put("edgeA", edgeA).put("edgeB", edgeB);
    return client.send(Command.post("/v1/groups/%s/links".formatted(group), body, key));
  }

  /** Removes a link. */
  public CommandAnswer removeLink(String group, String link, String key) {
    return client.send(Command.delete("/v1/groups/%s/links/%s".formatted(group, link), key));
  }

  /** Adds a member that is yet to enroll. */
  public CommandAnswer addMember(String group, NewMember member, String key) {
    ObjectNode body = object().put("edge", member.edge());
    member.name().ifPresent(name -> body.put("name", name));
    member.endpoint().ifPresent(endpoint -> body.put("endpoint", endpoint));
    ArrayNode subnets = body.putArray("allowedSubnets");
    member.allowedSubnets().forEach(subnets::add);
    member.latitude().ifPresent(latitude -> body.put("latitude", latitude));
    member.longitude().ifPresent(longitude -> body.put("longitude", longitude));
    return client.send(Command.post("/v1/groups/%s/members".formatted(group), body, key));
  }

  /** Makes a token for a member to enroll with. */
  public CommandAnswer inviteMember(String group, String edge, String key) {
    return client.send(Command.post("/v1/groups/%s/members/%s:token".formatted(group, edge), key));
  }

  /** Removes a member with all its links. */
  public CommandAnswer removeMember(String group, String edge, String key) {
    return client.send(Command.delete("/v1/groups/%s/members/%s".formatted(group, edge), key));
  }

  private static ObjectNode object() {
    return ApiClient.mapper().createObjectNode();
  }
}
