package io.linkwright.pusher.status;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.delivery.EdgeStatus.ConnectionWord;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.pusher.delivery.PeerStatuses;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last word of every edge on its keys, tunnels left out: some 200 bytes for an edge in a group,
 * whatever it has of links that do not change at the moment. Bounded: the edge that was longest not
 * heard of is forgotten, until it reports again. Thread-safe.
 */
public final class KnownPeers implements PeerStatuses {
  /** Edges in groups that something is remembered of: 200 MB in all at most. */
  public static final int MAX_PEERS = 1_000_000;

  private final Map<String, Word> words;

  /** What a record means to a pusher. */
  sealed interface Heard {

    /** It counts, and was so before: of the connection that is current. */
    record Current() implements Heard {}

    /**
     * It counts, and another connection than the one before is current now.
     *
     * @param before the connection that was current; empty if none was known, or it had ended
     */
    record Opened(Optional<String> before) implements Heard {}

    /**
     * It does not count: another connection is current.
     *
     * @param current that connection
     */
    record Late(String current) implements Heard {}
  }

  private record Word(
      ConnectionWord connection, long acknowledgedRevision, Map<LinkId, KeyChange> changes)
      implements PeerStatus {
    static Word of(EdgeStatus status) {
      Map<LinkId, KeyChange> changes = new HashMap<>();
      status.keyChanges().forEach(change -> changes.put(change.link(), change));
      return new Word(status.word(), status.acknowledgedRevision(), Map.copyOf(changes));
    }

    @Override
    public Optional<KeyChange> keyChange(LinkId link) {
      return Optional.ofNullable(changes.get(link));
    }
  }

  /** Knows nothing yet. */
  public KnownPeers() {
    this(MAX_PEERS);
  }

  KnownPeers(int maxPeers) {
    words =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Word> eldest) {
            return size() > maxPeers;
          }
        };
  }

  @Override
  public synchronized Optional<PeerStatus> find(GroupId group, EdgeId edge) {
    return Optional.ofNullable(words.get(key(group, edge)));
  }

  /** Takes the next record of the edge's partition. */
  synchronized Heard heard(EdgeStatus status) {
    String key = key(status.group(), status.edge());
    Optional<ConnectionWord> before = Optional.ofNullable(words.get(key)).map(Word::connection);
    if (!status.counts(before)) {
      return new Heard.Late(before.orElseThrow().connectionId());
    }
    // Taken out first, so that it is the last to be forgotten.
    words.remove(key);
    words.put(key, Word.of(status));
    return before.filter(word -> word.connectionId().equals(status.connectionId())).isPresent()
        ? new Heard.Current()
        : new Heard.Opened(
            before.filter(ConnectionWord::connected).map(ConnectionWord::connectionId));
  }

  synchronized void forget(GroupId group, EdgeId edge) {
    words.remove(key(group, edge));
  }

  /** Forgets all: the topic is read anew. */
  synchronized void clear() {
    words.clear();
  }

  /** How many edges in groups something is known of. */
  public synchronized int size() {
    return words.size();
  }

  static String key(GroupId group, EdgeId edge) {
    return group + "/" + edge;
  }
}
