package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys an edge receives and sends with, named by revisions, as an agent keeps them. */
final class SimulatedKeys {
  private static final int MAX_FORMER_KEYS = 4;

  /** A link in a group. */
  record Place(GroupId group, LinkId link) {}

  /** Mutable. */
  private static final class Keys {
    private final List<Long> former = new ArrayList<>();
    private long newest;
    private long sending;

    private Keys(long revision) {
      newest = revision;
      sending = revision;
    }
  }

  private final Map<Place, Keys> links = new HashMap<>();
  private final Map<Place, Set<Long>> everReceived = new HashMap<>();

  void set(GroupId group, LinkId link, long revision) {
    Place place = new Place(group, link);
    everReceived.computeIfAbsent(place, _ -> new HashSet<>()).add(revision);
    Keys keys = links.get(place);
    if (keys == null) {
      links.put(place, new Keys(revision));
    } else if (keys.newest != revision) {
      if (keys.former.size() < MAX_FORMER_KEYS || keys.sending == keys.newest) {
        keys.former.add(keys.newest);
      }
      keys.newest = revision;
    }
  }

  void remove(GroupId group, LinkId link) {
    links.remove(new Place(group, link));
  }

  void drop(GroupId group) {
    links.keySet().removeIf(place -> place.group().equals(group));
  }

  void clear() {
    links.clear();
  }

  /** The links that send with newer keys after it. */
  List<Place> apply(ChangeOver step) {
    List<Place> switched = new ArrayList<>();
    step.switchOver()
        .forEach(
            (link, revision) -> {
              Place place = new Place(step.group(), link);
              Keys keys = links.get(place);
              if (keys != null && keys.newest == revision && keys.sending != revision) {
                keys.sending = revision;
                switched.add(place);
              }
            });
    step.retire()
        .forEach(
            (link, revision) -> {
              Keys keys = links.get(new Place(step.group(), link));
              if (keys != null && keys.newest == revision && keys.sending == revision) {
                keys.former.clear();
              }
            });
    return switched;
  }

  SortedMap<LinkId, Long> sending(GroupId group) {
    SortedMap<LinkId, Long> sending = new TreeMap<>();
    changes(group).forEach(change -> sending.put(change.link(), change.sending()));
    return sending;
  }

  List<KeyChange> changes(GroupId group) {
    List<KeyChange> changes = new ArrayList<>();
    links.forEach(
        (place, keys) -> {
          if (place.group().equals(group) && !keys.former.isEmpty()) {
            changes.add(new KeyChange(place.link(), keys.newest, keys.sending));
          }
        });
    return changes;
  }

  Set<Place> places() {
    return links.keySet();
  }

  Optional<Long> sends(Place place) {
    return Optional.ofNullable(links.get(place)).map(keys -> keys.sending);
  }

  long newest(Place place) {
    return links.get(place).newest;
  }

  boolean receives(Place place, long revision) {
    Keys keys = links.get(place);
    return keys != null && (keys.newest == revision || keys.former.contains(revision));
  }

  /** Whether all the edge has of the link is newer: it lost its disk, or was away. */
  boolean beganAfter(Place place, long revision) {
    Keys keys = links.get(place);
    long oldest = keys.former.isEmpty() ? keys.newest : keys.former.getFirst();
    return oldest > revision;
  }

  boolean hasEverReceived(Place place, long revision) {
    return everReceived.getOrDefault(place, Set.of()).contains(revision);
  }
}
