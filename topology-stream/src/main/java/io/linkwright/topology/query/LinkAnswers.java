package io.linkwright.topology.query;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.LinkName;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.answer.TunnelAnswer;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LinkRecord;
import io.linkwright.topology.view.Page;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The links table: what is configured, joined with what both ends say of it. */
final class LinkAnswers {
  private final InstantSource clock;

  LinkAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /** A page of all links, if the group exists. */
  Optional<LinkPage> links(GroupView view, GroupId id, Page<LinkId> page) {
    GroupRecord group = view.group(id);
    if (group.settings().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(table(view, id, page, view.links(id, page.andOneMore())));
  }

  /** A page of the links that end at {@code edge}, if it is a member. */
  Optional<LinkPage> linksOf(GroupView view, GroupId id, EdgeId edge, Page<LinkId> page) {
    if (view.member(id, edge).isEmpty()) {
      return Optional.empty();
    }
    Page<EdgeId> peers =
        new Page<>(page.after().map(link -> link.peerOf(edge)), page.limit()).andOneMore();
    List<Map.Entry<LinkId, LinkRecord>> found =
        view.neighbours(id, edge, peers).stream()
            .map(peer -> LinkId.between(edge, peer))
            .map(link -> Map.entry(link, view.link(id, link).orElseThrow()))
            .toList();
    return Optional.of(table(view, id, page, found));
  }

  private LinkPage table(
      GroupView view, GroupId id, Page<LinkId> page, List<Map.Entry<LinkId, LinkRecord>> found) {
    GroupRecord group = view.group(id);
    TunnelStates states = new TunnelStates(view, id, clock.instant());
    List<LinkAnswer> links = new ArrayList<>();
    for (Map.Entry<LinkId, LinkRecord> link : page.of(found)) {
      links.add(
          new LinkAnswer(
              LinkName.of(link.getKey()),
              group.isPartialMesh(),
              tunnels(link.getKey(), link.getValue(), states)));
    }
    return new LinkPage(group.revision(), links, page.next(found).map(Map.Entry::getKey));
  }

  private static List<TunnelAnswer> tunnels(LinkId id, LinkRecord link, TunnelStates states) {
    List<TunnelAnswer> tunnels = new ArrayList<>();
    for (int index : link.tunnelIndexes()) {
      TunnelState state = states.joined(id, link, index);
      List<TunnelAnswer.End> ends = new ArrayList<>();
      for (EdgeId edge : id.edges()) {
        ends.add(
            new TunnelAnswer.End(edge, states.at(edge, id, link, index), states.heardAt(edge)));
      }
      tunnels.add(
          new TunnelAnswer(
              index, Tunnel.interfaceName(index), state, text(link.protocol(), state), ends));
    }
    return tunnels;
  }

  /** IPsec operators look for the security association, WireGuard has none. */
  private static String text(TunnelProtocol protocol, TunnelState state) {
    String word =
        switch (state) {
          case UP -> protocol == TunnelProtocol.IPSEC ? "Established" : "Up";
          case DOWN -> "Down";
          case UNKNOWN -> "Unknown";
        };
    return switch (protocol) {
      case IPSEC -> "SA: " + word;
      case WIREGUARD -> word;
    };
  }
}
