package io.linkwright.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.answer.MemberAnswer;
import io.linkwright.httpapi.answer.MemberPage;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.httpapi.receipt.RevisionReceipt;
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
  GroupAnswer group(long revision) {
    String path =
        ApiQuery.of(ApiPaths.at(ApiPaths.GROUP, group))
            .with(ApiQuery.MIN_REVISION, revision)
            .toString();
    return api.get(path, GroupAnswer.class).value();
  }

  /** Its members as they are now. */
  List<MemberAnswer> members() {
    return Pages.all(api, ApiPaths.at(ApiPaths.MEMBERS, group), MemberPage.ITEMS, MemberPage.class)
        .value()
        .items();
  }

  /** Its links as they are now. */
  LinkPage links() {
    return Pages.all(api, ApiPaths.at(ApiPaths.LINKS, group), LinkPage.ITEMS, LinkPage.class)
        .value();
  }

  /** Adds a link; the revision that made. */
  long add(LinkId link) {
    JsonNode body =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("edgeA", link.edgeA().value())
            .put("edgeB", link.edgeB().value());
    return api.send(
            ApiCommand.post(ApiPaths.at(ApiPaths.LINKS, group), body), RevisionReceipt.class)
        .value()
        .revision();
  }

  /** Removes a link; the revision that made. */
  long remove(LinkId link) {
    return api.send(
            ApiCommand.delete(ApiPaths.at(ApiPaths.LINK, group, link)), RevisionReceipt.class)
        .value()
        .revision();
  }

  /** What every edge says it runs. */
  Map<EdgeId, Long> acknowledged() {
    Map<EdgeId, Long> revisions = new HashMap<>();
    members().forEach(member -> revisions.put(member.edge(), member.acknowledgedRevision()));
    return revisions;
  }

  /** Whether every edge is connected and runs what it should. */
  boolean allAcknowledged() {
    return members().stream()
        .allMatch(
            member ->
                member.connected()
                    && member.desiredRevision() > 0
                    && member.acknowledgedRevision() >= member.desiredRevision());
  }

  /** Whether every tunnel of every link is up. */
  boolean allUp() {
    return links().items().stream()
        .flatMap(link -> link.tunnels().stream())
        .allMatch(tunnel -> tunnel.status() == TunnelState.UP);
  }

  /** The ids of the links, in order. */
  List<LinkId> linkIds() {
    return links().items().stream().map(LinkAnswer::id).toList();
  }
}
