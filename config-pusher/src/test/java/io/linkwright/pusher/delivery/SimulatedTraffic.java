package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.pusher.delivery.SimulatedKeys.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Packets between the edges at every instant: where they have got through both ways once, they do
 * so until an end gives the link up. And nobody sends with keys that the other end has not taken
 * over, unless that has lost all it had before and begun anew.
 */
final class SimulatedTraffic {
  private final Map<EdgeId, SimulatedEdge> edges = new HashMap<>();
  private final Set<Place> flowing = new HashSet<>();
  private final Map<Place, Map<EdgeId, Long>> lastSent = new HashMap<>();

  SimulatedTraffic(List<SimulatedEdge> all) {
    all.forEach(edge -> edges.put(edge.id(), edge));
  }

  void requireNoLoss() {
    flowing.removeIf(place -> !isHeldByBoth(place));
    lastSent.keySet().removeIf(place -> !isHeldByBoth(place));
    for (SimulatedEdge edge : edges.values()) {
      for (Place place : edge.keys().places()) {
        if (place.link().edgeA().equals(edge.id()) && isHeldByBoth(place)) {
          check(place);
        }
      }
    }
  }

  private void check(Place place) {
    boolean passes =
        opens(place, place.link().edgeA(), place.link().edgeB())
            && opens(place, place.link().edgeB(), place.link().edgeA());
    if (passes) {
      flowing.add(place);
    }
    assertThat(passes || !flowing.contains(place)).as("packets of %s get through", place).isTrue();
    for (EdgeId sender : place.link().edges()) {
      long sent = keys(sender).sends(place).orElseThrow();
      Optional<Long> before =
          Optional.ofNullable(
              lastSent.computeIfAbsent(place, _ -> new HashMap<>()).put(sender, sent));
      if (before.isPresent() && before.get() != sent) {
        SimulatedKeys peer = keys(place.link().peerOf(sender));
        assertThat(peer.hasEverReceived(place, sent) || peer.beganAfter(place, sent))
            .as("%s sends in %s with keys %d that the peer took over", sender, place, sent)
            .isTrue();
      }
    }
  }

  private boolean opens(Place place, EdgeId from, EdgeId to) {
    return keys(to).receives(place, keys(from).sends(place).orElseThrow());
  }

  private boolean isHeldByBoth(Place place) {
    return place.link().edges().stream().allMatch(edge -> keys(edge).sends(place).isPresent());
  }

  private SimulatedKeys keys(EdgeId edge) {
    return edges.get(edge).keys();
  }
}
