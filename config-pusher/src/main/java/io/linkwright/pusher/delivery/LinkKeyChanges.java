package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Leads one edge's links in one group to their newest keys, make-before-break: it may send with
 * them once the peer receives with them, and give up the former ones when the peer has sent with
 * them for a while.
 *
 * <p>Level-triggered: what is next follows from what both ends said last, so it makes no difference
 * how often either of them or a pusher started anew. Not thread-safe.
 */
final class LinkKeyChanges {
  private final EdgeId edge;
  private final GroupId group;
  private final PeerStatuses peers;
  private final DeliveryLimits limits;
  private final SortedMap<LinkId, KeyChange> changing = new TreeMap<>();
  private final Map<LinkId, Progress> progress = new HashMap<>();

  /**
   * Of the keys with this revision.
   *
   * @param switchToldAt when the edge was told to send with them
   * @param peerSendsSince since when the peer is known to send with them
   * @param retireToldAt when the edge was told to give up the former ones
   */
  private record Progress(
      long revision,
      Optional<Long> switchToldAt,
      Optional<Long> peerSendsSince,
      Optional<Long> retireToldAt) {
    static Progress of(long revision) {
      return new Progress(revision, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  LinkKeyChanges(EdgeId edge, GroupId group, PeerStatuses peers, DeliveryLimits limits) {
    this.edge = edge;
    this.group = group;
    this.peers = peers;
    this.limits = limits;
  }

  /** What the edge said when it connected, as far as the links are its own. */
  void begin(Have have, Predicate<LinkId> own) {
    have.sending()
        .forEach(
            (link, sending) -> {
              Long newest = have.links().get(link);
              if (newest != null && own.test(link)) {
                put(new KeyChange(link, newest, sending));
              }
            });
  }

  /** The edge has taken over new keys, and sends with former ones where it says so. */
  void accepted(Collection<LinkId> links, Map<LinkId, Long> sending, Map<LinkId, Long> newest) {
    for (LinkId link : links) {
      if (sending.containsKey(link) && newest.containsKey(link)) {
        put(new KeyChange(link, newest.get(link), sending.get(link)));
      } else {
        changing.remove(link);
        progress.remove(link);
      }
    }
  }

  /** All that the edge says is changing. */
  void reported(List<KeyChange> changes) {
    changing.clear();
    changes.forEach(this::put);
    progress.keySet().retainAll(changing.keySet());
  }

  private void put(KeyChange change) {
    changing.put(change.link(), change);
  }

  /** For the other ends, in the order of the links. */
  SortedMap<LinkId, KeyChange> changing() {
    return changing;
  }

  /** The steps that are due and have not been told, or not for too long. */
  Optional<ChangeOver> next(long now) {
    SortedMap<LinkId, Long> switchOver = new TreeMap<>();
    SortedMap<LinkId, Long> retire = new TreeMap<>();
    for (KeyChange change : changing.values()) {
      if (!change.link().joins(edge)
          || switchOver.size() + retire.size() >= ProtocolLimits.MAX_LINKS_PER_CONFIG) {
        continue;
      }
      Progress known = progress.get(change.link());
      Progress before =
          known == null || known.revision() != change.newest()
              ? Progress.of(change.newest())
              : known;
      progress.put(change.link(), before);
      if (change.isSwitched()) {
        retireIfDue(change, before, retire, now);
      } else {
        switchIfDue(change, before, switchOver, now);
      }
    }
    ChangeOver step = new ChangeOver(group, switchOver, retire);
    return step.isEmpty() ? Optional.empty() : Optional.of(step);
  }

  private void switchIfDue(
      KeyChange change, Progress before, SortedMap<LinkId, Long> switchOver, long now) {
    if (isTold(before.switchToldAt(), now)
        || peer(change.link())
            .filter(peer -> peer.receivesWith(change.link(), change.newest()))
            .isEmpty()) {
      return;
    }
    switchOver.put(change.link(), change.newest());
    progress.put(
        change.link(),
        new Progress(change.newest(), Optional.of(now), Optional.empty(), Optional.empty()));
  }

  private void retireIfDue(
      KeyChange change, Progress before, SortedMap<LinkId, Long> retire, long now) {
    if (isTold(before.retireToldAt(), now)) {
      return;
    }
    boolean peerSends =
        peer(change.link())
            .filter(peer -> peer.sendsWith(change.link(), change.newest()))
            .isPresent();
    Optional<Long> since =
        peerSends ? before.peerSendsSince().or(() -> Optional.of(now)) : Optional.empty();
    boolean due = since.filter(at -> now - at >= limits.formerKeysGrace().toNanos()).isPresent();
    if (due) {
      retire.put(change.link(), change.newest());
    }
    progress.put(
        change.link(),
        new Progress(
            change.newest(),
            before.switchToldAt(),
            since,
            due ? Optional.of(now) : before.retireToldAt()));
  }

  private boolean isTold(Optional<Long> at, long now) {
    Duration again = limits.ackTimeout();
    return at.filter(told -> now - told < again.toNanos()).isPresent();
  }

  private Optional<PeerStatuses.PeerStatus> peer(LinkId link) {
    return peers.find(group, link.peerOf(edge));
  }
}
