package io.linkwright.domain.group;

import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a topology calls for: the links to remove and to add so that the group's are those of the
 * topology. Links that are right as they are appear in neither list.
 */
record TopologyPlan(List<LinkId> remove, List<LinkId> add) {

  private static final TopologyPlan NOTHING = new TopologyPlan(List.of(), List.of());

  /** Copies the lists. */
  TopologyPlan {
    remove = List.copyOf(remove);
    add = List.copyOf(add);
  }

  /** From the group's links to those that other settings call for. */
  static TopologyPlan between(Active group, GroupSettings next) {
    GroupSettings now = group.settings();
    if (next.topology() == now.topology() && next.hub().equals(now.hub())) {
      return NOTHING;
    }
    return switch (next.topology()) {
      case PARTIAL_MESH -> NOTHING;
      case MESH -> new TopologyPlan(List.of(), missingPairs(group));
      case HUB_SPOKE -> star(group, next.hub().orElseThrow());
    };
  }

  /** The links that the group's topology calls for between a new member and those it has. */
  static Stream<LinkId> linksOfNewMember(Active group, EdgeId edge) {
    return switch (group.settings().topology()) {
      case PARTIAL_MESH -> Stream.empty();
      case MESH -> linksToOthers(group, edge);
      case HUB_SPOKE -> {
        EdgeId hub = group.settings().hub().orElseThrow();
        yield edge.equals(hub)
            ? linksToOthers(group, edge)
            : Stream.of(hub)
                .filter(group.contents().members()::contains)
                .map(member -> LinkId.between(edge, member));
      }
    };
  }

  private static List<LinkId> missingPairs(Active group) {
    List<EdgeId> edges = group.contents().members().keys().toList();
    List<LinkId> missing = new ArrayList<>();
    for (int a = 0; a < edges.size(); a++) {
      for (int b = a + 1; b < edges.size(); b++) {
        LinkId pair = LinkId.between(edges.get(a), edges.get(b));
        if (!group.contents().links().contains(pair)) {
          missing.add(pair);
        }
      }
    }
    return missing;
  }

  private static TopologyPlan star(Active group, EdgeId hub) {
    GroupContents contents = group.contents();
    List<LinkId> remove = contents.links().keys().filter(link -> !link.joins(hub)).toList();
    List<LinkId> add =
        contents.members().contains(hub)
            ? linksToOthers(group, hub).filter(link -> !contents.links().contains(link)).toList()
            : List.of();
    return new TopologyPlan(remove, add);
  }

  private static Stream<LinkId> linksToOthers(Active group, EdgeId edge) {
    return group
        .contents()
        .members()
        .keys()
        .filter(other -> !other.equals(edge))
        .map(other -> LinkId.between(edge, other));
  }
}
