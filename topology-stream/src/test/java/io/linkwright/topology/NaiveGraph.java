package io.linkwright.topology;

import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A group's graph worked out from its whole state, with no thought of cost. */
record NaiveGraph(boolean partialMesh, Set<EdgeId> members, Set<LinkId> links) {

  static NaiveGraph of(GroupState state) {
    return switch (state) {
      case GroupState.Absent _ -> new NaiveGraph(false, Set.of(), Set.of());
      case GroupState.Active active ->
          new NaiveGraph(
              active.settings().topology() == Topology.PARTIAL_MESH,
              active.members().map(Member::edge).collect(Collectors.toCollection(TreeSet::new)),
              active
                  .links()
                  .map(LinkConfiguration::id)
                  .collect(Collectors.toCollection(TreeSet::new)));
    };
  }

  List<EdgeId> peersOf(EdgeId edge) {
    return links.stream()
        .filter(link -> link.joins(edge))
        .map(link -> link.peerOf(edge))
        .sorted()
        .toList();
  }

  /** In order. */
  List<EdgeId> unlinked() {
    return members.stream().filter(edge -> peersOf(edge).isEmpty()).toList();
  }

  /** Those of two members or more. */
  Set<Set<EdgeId>> components() {
    Set<Set<EdgeId>> components = new HashSet<>();
    for (EdgeId member : members) {
      Set<EdgeId> reached = new HashSet<>(Set.of(member));
      while (reached.addAll(reached.stream().flatMap(edge -> peersOf(edge).stream()).toList())) {}
      if (reached.size() > 1) {
        components.add(reached);
      }
    }
    return components;
  }

  /** What the step from this graph to the next means, in no particular order. */
  List<TopologyEvent> meaningOf(NaiveGraph next, Optional<LinkId> cause) {
    List<TopologyEvent> meaning = new ArrayList<>();
    for (EdgeId member : next.members) {
      boolean wasIsolated = partialMesh && isUnlinked(member);
      boolean isIsolated = next.partialMesh && next.isUnlinked(member);
      if (isIsolated && !wasIsolated) {
        meaning.add(new MemberIsolated(member));
      }
      if (wasIsolated && !isIsolated) {
        meaning.add(new MemberConnected(member));
      }
    }
    int before = components().size();
    int after = next.components().size();
    if (cause.isPresent() && links.contains(cause.get()) && after > before) {
      meaning.add(new GroupSplit(cause.get(), after));
    }
    if (cause.isPresent() && next.links.contains(cause.get()) && after < before) {
      meaning.add(new GroupJoined(cause.get(), after));
    }
    if (next.isComplete() && !isComplete()) {
      meaning.add(new MeshComplete(next.members.size(), next.links.size()));
    }
    return meaning;
  }

  private boolean isUnlinked(EdgeId member) {
    return members.contains(member) && peersOf(member).isEmpty();
  }

  private boolean isComplete() {
    return partialMesh
        && members.size() >= 3
        && links.size() == members.size() * (members.size() - 1) / 2;
  }
}
