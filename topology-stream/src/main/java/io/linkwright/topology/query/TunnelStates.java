package io.linkwright.topology.query;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.LinkRecord;
import io.linkwright.topology.view.StatusRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What both ends say of tunnels now. Each end's report is read once for all of its links. Used by
 * one thread, for one answer.
 */
final class TunnelStates {
  private final GroupView view;
  private final GroupId group;
  private final Instant now;
  private final Map<EdgeId, Word> words = new HashMap<>();

  TunnelStates(GroupView view, GroupId group, Instant now) {
    this.view = view;
    this.group = group;
    this.now = now;
  }

  /** Up if both ends say so, down if either does, otherwise unknown. */
  TunnelState joined(LinkId id, LinkRecord link, int tunnelIndex) {
    return at(id.edgeA(), id, link, tunnelIndex).join(at(id.edgeB(), id, link, tunnelIndex));
  }

  /**
   * What one end says: a fault that only one of them sees shows here.
   *
   * <p>Nothing is known of an edge that is away. The word of one that has yet to acknowledge the
   * link is about an earlier link of the same name.
   */
  TunnelState at(EdgeId edge, LinkId id, LinkRecord link, int tunnelIndex) {
    Word word = words.computeIfAbsent(edge, this::word);
    return word.acknowledgedRevision() < link.addedRevision()
        ? TunnelState.UNKNOWN
        : word.tunnels().getOrDefault(new TunnelKey(id, tunnelIndex), TunnelState.UNKNOWN);
  }

  /**
   * When the edge last reported, also if that is too long ago to count; nothing if it never did.
   */
  Optional<Instant> heardAt(EdgeId edge) {
    return words.computeIfAbsent(edge, this::word).heardAt();
  }

  private Word word(EdgeId edge) {
    Optional<StatusRecord> status = view.status(group, edge);
    Optional<Instant> heardAt = status.map(known -> known.heard().reportedAt());
    if (status.filter(heard -> heard.isConnected(now)).isEmpty()) {
      return new Word(heardAt, 0, Map.of());
    }
    Map<TunnelKey, TunnelState> tunnels = new HashMap<>();
    for (TunnelStatus tunnel : status.get().heard().tunnels()) {
      tunnels.put(new TunnelKey(tunnel.link(), tunnel.tunnelIndex()), tunnel.state());
    }
    return new Word(heardAt, status.get().heard().acknowledgedRevision(), tunnels);
  }

  private record TunnelKey(LinkId link, int index) {}

  private record Word(
      Optional<Instant> heardAt, long acknowledgedRevision, Map<TunnelKey, TunnelState> tunnels) {}
}
