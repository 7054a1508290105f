package io.linkwright.topology.query;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LinkRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the links that have lost one of two tunnels: from the edges that say so, not from all. */
final class DegradedLinks {
  /** Links named in one answer; further ones show in the links table. */
  static final int MAX_LINKS = 100;

  private static final int DUAL = 2;

  private DegradedLinks() {}

  /** Each with the index of the tunnel that is down, in the order of the links. */
  static SortedMap<LinkId, Integer> find(GroupView view, GroupId group, Instant now) {
    TunnelStates states = new TunnelStates(view, group, now);
    SortedMap<LinkId, Integer> degraded = new TreeMap<>();
    for (EdgeId edge : view.edgesWithTunnelDown(group)) {
      for (LinkId id : linksDownAt(view, group, edge)) {
        if (degraded.size() >= MAX_LINKS) {
          return degraded;
        }
        view.link(group, id)
            .flatMap(link -> tunnelDown(id, link, states))
            .ifPresent(index -> degraded.put(id, index));
      }
    }
    return degraded;
  }

  private static List<LinkId> linksDownAt(GroupView view, GroupId group, EdgeId edge) {
    return view.status(group, edge).stream()
        .flatMap(status -> status.heard().tunnels().stream())
        .filter(tunnel -> tunnel.state() == TunnelState.DOWN)
        .map(TunnelStatus::link)
        .distinct()
        .toList();
  }

  private static Optional<Integer> tunnelDown(LinkId id, LinkRecord link, TunnelStates states) {
    List<Integer> down =
        link.tunnelIndexes().stream()
            .filter(index -> states.joined(id, link, index) == TunnelState.DOWN)
            .toList();
    return link.tunnelIndexes().size() == DUAL && down.size() == 1
        ? Optional.of(down.getFirst())
        : Optional.empty();
  }
}
