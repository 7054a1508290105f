package io.linkwright.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.console.api.GroupSettings.TunnelCount;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands that forms send. Nothing is checked here: the service's words are the ones shown.
 */
public final class Commands {
  private final ApiClient client;
  private final Optional<String> sender;

  /**
   * Sends through {@code client}.
   *
   * @param sender the token of who sends; empty for the console itself
   */
  public Commands(ApiClient client, Optional<String> sender) {
    this.client = client;
    this.sender = sender;
  }

  /** The same, sent by somebody else. */
  public Commands sentBy(Optional<String> other) {
    return new Commands(client, other);
  }

  private CommandAnswer send(Command command) {
    return client.send(command, sender);
  }

  /** What a new group shall be; what is empty is left to the service. */
  public record NewGroup(
      String id,
      Optional<String> name,
      String topology,
      String tunnelProtocol,
      TunnelCount tunnels,
      Optional<String> hub,
      Optional<String> addressPool,
      Optional<String> rekeyEvery) {}

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
    group.rekeyEvery().ifPresent(interval -> body.put("rekeyEvery", interval));
    return send(Command.post(ApiPaths.GROUPS, body, key));
  }

  /** What becomes of a group whose settings were changed in a form. */
  public record GroupChange(String group, GroupSettings settings, long ifRevision) {}

  /** Changes a group, if it is still at the revision that the change was decided on. */
  public CommandAnswer changeGroup(GroupChange change, String key) {
    GroupSettings settings = change.settings();
    ObjectNode body =
        object()
            .put("name", settings.name())
            .put("topology", settings.topology())
            .put("dualTunnel", settings.tunnels() == TunnelCount.TWO);
    settings.hub().ifPresent(hub -> body.put("hub", hub));
    body.put("rekeyEvery", settings.rekeyEvery().orElse(null));
    return send(
        Command.patch(at(ApiPaths.GROUP, change.group()), body, key)
            .ifRevision(change.ifRevision()));
  }

  /** Deletes a group with all its members and links. */
  public CommandAnswer deleteGroup(String group, String key) {
    return send(Command.delete(at(ApiPaths.GROUP, group), key));
  }

  /** Adds a link. */
  public CommandAnswer addLink(String group, String edgeA, String edgeB, String key) {
    ObjectNode body = object().put("edgeA", edgeA).put("edgeB", edgeB);
    return send(Command.post(at(ApiPaths.LINKS, group), body, key));
  }

  /** Removes a link. */
  public CommandAnswer removeLink(String group, LinkId link, String key) {
    return send(Command.delete(at(ApiPaths.LINK, group, link), key));
  }

  /** Gives a link new keys. */
  public CommandAnswer rekeyLink(String group, LinkId link, String key) {
    return send(Command.post(at(ApiPaths.LINK_REKEY, group, link), key));
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
    return send(Command.post(at(ApiPaths.MEMBERS, group), body, key));
  }

  /** Makes a token for a member to enroll with. */
  public CommandAnswer inviteMember(String group, String edge, String key) {
    return send(Command.post(at(ApiPaths.MEMBER_TOKEN, group, edge), key));
  }

  /** What becomes of a revoked member's links. */
  public enum RevokedLinks {
    /** They wait for the member's next device. */
    KEEP,
    /** They go. */
    REMOVE
  }

  /** Takes a member's keys away for ever. */
  public CommandAnswer revokeMember(String group, String edge, RevokedLinks links, String key) {
    ObjectNode body = object().put("links", links.name().toLowerCase(Locale.ROOT));
    return send(Command.post(at(ApiPaths.MEMBER_REVOKE, group, edge), body, key));
  }

  /** Removes a member with all its links. */
  public CommandAnswer removeMember(String group, String edge, String key) {
    return send(Command.delete(at(ApiPaths.MEMBER, group, edge), key));
  }

  private static String at(String path, String group) {
    return ApiPaths.at(path, new GroupId(group));
  }

  private static String at(String path, String group, String edge) {
    return ApiPaths.at(path, new GroupId(group), new EdgeId(edge));
  }

  private static String at(String path, String group, LinkId link) {
    return ApiPaths.at(path, new GroupId(group), link);
  }

  private static ObjectNode object() {
    return ApiClient.mapper().createObjectNode();
  }
}
