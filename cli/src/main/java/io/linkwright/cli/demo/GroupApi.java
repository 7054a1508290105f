package io.linkwright.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API of one group, as far as the demo needs it. */
final class GroupApi {
  private final LinkwrightApi api;
  private final GroupId group;

  GroupApi(LinkwrightApi api, GroupId group) {
    this.api = api;
    this.group = group;
  }

  /** The group as it is at {@code revision} or later. */
  JsonNode group(long revision) {
    return api.get(
        ApiQuery.of(ApiPaths.at(ApiPaths.GROUP, group))
            .with(ApiQuery.MIN_REVISION, revision)
            .toString());
  }

  /** Its members as they are now. */
  JsonNode members() {
    return Pages.all(api, ApiPaths.at(ApiPaths.MEMBERS, group), "members");
  }

  /** Its links as they are now. */
  JsonNode links() {
    return Pages.all(api, ApiPaths.at(ApiPaths.LINKS, group), "links");
  }

  /** Adds a link; the revision that made. */
  long add(LinkId link) {
    JsonNode body =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("edgeA", link.edgeA().value())
            .put("edgeB", link.edgeB().value());
    return api.send(ApiCommand.post(ApiPaths.at(ApiPaths.LINKS, group), body))
        .path("revision")
        .asLong();
  }

  /** Removes a link; the answer names revision and affected edges. */
  JsonNode remove(LinkId link) {
    return api.send(ApiCommand.delete(ApiPaths.at(ApiPaths.LINK, group, link)));
  }

  /** What every edge says it runs. */
  Map<EdgeId, Long> acknowledged() {
    Map<EdgeId, Long> revisions = new HashMap<>();
    members()
        .path("members")
        .forEach(
            member ->
                revisions.put(
                    new EdgeId(member.path("edge").asText()),
                    member.path("acknowledgedRevision").asLong()));
    return revisions;
  }

  /** Whether every edge is connected and runs what it should. */
  boolean allAcknowledged() {
    for (JsonNode member : members().path("members")) {
      long desired = member.path("desiredRevision").asLong();
      if (!member.path("connected").asBoolean()
          || desired == 0
          || member.path("acknowledgedRevision").asLong() < desired) {
        return false;
      }
    }
    return true;
  }

  /** Whether every tunnel of every link is up. */
  boolean allUp() {
    for (JsonNode link : links().path("links")) {
      for (JsonNode tunnel : link.path("tunnels")) {
        if (!tunnel.path("status").asText().equals("UP")) {
          return false;
        }
      }
    }
    return true;
  }

  /** The ids of the links, in order. */
  List<LinkId> linkIds() {
    List<LinkId> ids = new ArrayList<>();
    links().path("links").forEach(link -> ids.add(LinkId.parse(link.path("id").asText())));
    return ids;
  }
}
