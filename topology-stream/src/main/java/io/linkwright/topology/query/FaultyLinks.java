package io.linkwright.topology.query;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.httpapi.answer.Notice;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LinkRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the links that have lost a tunnel: from the edges that say so, not from all links. */
final class FaultyLinks {
  /** Links named in one answer; further ones show in the links table. */
  static final int MAX_LINKS = 100;

  private FaultyLinks() {}

  /** What is wrong with each, in the order of the links. */
  static SortedMap<LinkId, Notice> find(GroupView view, GroupId group, Instant now) {
    TunnelStates states = new TunnelStates(view, group, now);
    SortedMap<LinkId, Notice> faulty = new TreeMap<>();
    for (EdgeId edge : view.edgesWithTunnelDown(group)) {
      for (LinkId id : linksDownAt(view, group, edge)) {
        if (faulty.size() >= MAX_LINKS) {
          return faulty;
        }
        view.link(group, id)
            .flatMap(link -> fault(id, link, states))
            .ifPresent(notice -> faulty.put(id, notice));
      }
    }
    return faulty;
  }

  private static List<LinkId> linksDownAt(GroupView view, GroupId group, EdgeId edge) {
    return view.status(group, edge).stream()
        .flatMap(status -> status.heard().tunnels().stream())
        .filter(tunnel -> tunnel.state() == TunnelState.DOWN)
        .map(TunnelStatus::link)
        .distinct()
        .toList();
  }

  private static Optional<Notice> fault(LinkId id, LinkRecord link, TunnelStates states) {
    List<Integer> down =
        link.tunnelIndexes().stream()
            .filter(index -> states.joined(id, link, index) == TunnelState.DOWN)
            .toList();
    if (down.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        down.size() == link.tunnelIndexes().size()
            ? Notices.linkDown(id)
            : Notices.linkDegraded(id, down.getFirst()));
  }
}
