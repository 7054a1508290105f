package io.linkwright.cli.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.client.Pages;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.cli.network.NetworkPlan.PlannedMember;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The members and links a group has, at least as new as the revision asked for. */
record GroupContents(Set<EdgeId> members, Set<LinkId> links, long revision) {

  GroupContents {
    members = Set.copyOf(members);
    links = Set.copyOf(links);
  }

  static GroupContents read(LinkwrightApi api, GroupId group, long minRevision) {
    String path = "/v1/groups/%s/%%s?limit=%d&minRevision=%d".formatted(group, 1_000, minRevision);
    JsonNode members = Pages.all(api, path.formatted("members"), "members");
    JsonNode links = Pages.all(api, path.formatted("links"), "links");
    Set<EdgeId> edges = new HashSet<>();
    members.path("members").forEach(member -> edges.add(new EdgeId(member.path("edge").asText())));
    Set<LinkId> pairs = new HashSet<>();
    links.path("links").forEach(link -> pairs.add(LinkId.parse(link.path("id").asText())));
    return new GroupContents(
        edges, pairs, Math.max(members.path("revision").asLong(), links.path("revision").asLong()));
  }

  List<PlannedMember> missingMembers(NetworkPlan plan) {
    return plan.members().stream().filter(member -> !members.contains(member.edge())).toList();
  }

  List<LinkId> missingLinks(NetworkPlan plan) {
    return plan.links().stream().filter(link -> !links.contains(link)).toList();
  }
}
