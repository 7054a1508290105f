package io.linkwright.pusher.status;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgeStatus;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.KeyChange;
import io.linkwright.domain.LinkId;
import io.linkwright.pusher.delivery.PeerStatuses;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last word of every edge on its keys, tunnels left out: some 200 bytes for an edge in a group,
 * whatever it has of links that do not change at the moment. Thread-safe.
 */
public final class KnownPeers implements PeerStatuses {
  private final Map<String, Word> words = new ConcurrentHashMap<>();

  private record Word(EdgeStatus heard, Map<LinkId, KeyChange> changes) implements PeerStatus {
    static Word of(EdgeStatus status) {
      Map<LinkId, KeyChange> changes = new HashMap<>();
      status.keyChanges().forEach(change -> changes.put(change.link(), change));
      return new Word(withoutTunnels(status), Map.copyOf(changes));
    }

    private static EdgeStatus withoutTunnels(EdgeStatus status) {
      Instant reportedAt = status.reportedAt();
      return new EdgeStatus(
          status.group(),
          status.edge(),
          status.connectionId(),
          status.connectedAt(),
          status.connected(),
          status.acknowledgedRevision(),
          Optional.empty(),
          List.of(),
          reportedAt);
    }

    @Override
    public long acknowledgedRevision() {
      return heard.acknowledgedRevision();
    }

    @Override
    public Optional<KeyChange> keyChange(LinkId link) {
      return Optional.ofNullable(changes.get(link));
    }
  }

  @Override
  public Optional<PeerStatus> find(GroupId group, EdgeId edge) {
    return Optional.ofNullable(words.get(key(group, edge)));
  }

  /** What an older connection still says is of no interest. */
  void heard(String key, EdgeStatus status) {
    words.merge(
        key,
        Word.of(status),
        (known, next) -> known.heard().isSupersededBy(next.heard()) ? next : known);
  }

  void forget(String key) {
    words.remove(key);
  }

  private static String key(GroupId group, EdgeId edge) {
    return group + "/" + edge;
  }
}
