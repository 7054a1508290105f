package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EnrollmentStanding;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of the edges that a change concerns who gets configuration now: a link has some only once
 * both its ends are enrolled. What the command itself does not answer is asked for, briefly: the
 * change is done, whatever comes of the question. Owned by one thread.
 */
final class Recipients {
  /** Of more edges the list is too long to be read, and to be asked for. */
  private static final int MAX_ASKED = 64;

  private final LinkwrightApi api;
  private final GroupId group;
  private final Map<EdgeId, Optional<Boolean>> enrolled = new HashMap<>();

  Recipients(LinkwrightApi api, GroupId group) {
    this.api = api;
    this.group = group;
  }

  /** Asks for a member as long as it is there. */
  void remember(EdgeId edge) {
    isEnrolled(edge);
  }

  /** Who gets configuration of these links, now and later, in words. */
  String words(JsonNode answer, Collection<LinkId> links) {
    if (answer.has(Outcomes.AWAITING) || answer.path(Outcomes.AFFECTED).size() > MAX_ASKED) {
      return Outcomes.affected(answer);
    }
    Set<EdgeId> now = new HashSet<>();
    for (LinkId link : links) {
      Optional<Boolean> a = isEnrolled(link.edgeA());
      Optional<Boolean> b = isEnrolled(link.edgeB());
      if (a.isEmpty() || b.isEmpty()) {
        return Outcomes.affected(answer);
      }
      if (a.get() && b.get()) {
        now.addAll(link.edges());
      }
    }
    ObjectNode told = answer.deepCopy();
    ArrayNode awaiting = told.putArray(Outcomes.AWAITING);
    for (JsonNode edge : answer.path(Outcomes.AFFECTED)) {
      if (!now.contains(new EdgeId(edge.asText()))) {
        awaiting.add(edge);
      }
    }
    return Outcomes.affected(told);
  }

  /** The links between a member and all others that a change of it concerns. */
  static Set<LinkId> linksOf(EdgeId edge, JsonNode answer) {
    Set<LinkId> links = new HashSet<>();
    for (JsonNode affected : answer.path(Outcomes.AFFECTED)) {
      EdgeId peer = new EdgeId(affected.asText());
      if (!peer.equals(edge)) {
        links.add(LinkId.between(edge, peer));
      }
    }
    return links;
  }

  /** Empty if it cannot be told. */
  private Optional<Boolean> isEnrolled(EdgeId edge) {
    return enrolled.computeIfAbsent(
        edge,
        asked ->
            api.glance("/v1/groups/%s/members/%s".formatted(group, asked))
                .map(member -> member.path("enrollment"))
                .filter(JsonNode::isTextual)
                .map(text -> text.asText().equals(EnrollmentStanding.ENROLLED.label())));
  }
}
