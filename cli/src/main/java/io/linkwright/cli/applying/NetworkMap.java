package io.linkwright.cli.applying;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Networks that share no address, and what each belongs to. Owned by one thread.
 *
 * @param <V> what a network belongs to
 */
final class NetworkMap<V> {
  private final NavigableMap<IpAddress, Owned<V>> byFirstAddress = new TreeMap<>();

  /** A network and its owner. */
  record Owned<V>(Cidr network, V owner) {}

  /** Takes a network in, unless it shares an address with one that is there, which is returned. */
  Optional<Owned<V>> put(Cidr network, V owner) {
    List<Owned<V>> there = overlapping(network);
    if (there.isEmpty()) {
      byFirstAddress.put(network.network(), new Owned<>(network, owner));
    }
    return there.stream().findFirst();
  }

  /** Those that share an address with this one. */
  List<Owned<V>> overlapping(Cidr network) {
    List<Owned<V>> overlapping = new ArrayList<>();
    Map.Entry<IpAddress, Owned<V>> below = byFirstAddress.lowerEntry(network.network());
    if (below != null && below.getValue().network().overlaps(network)) {
      overlapping.add(below.getValue());
    }
    overlapping.addAll(
        byFirstAddress.subMap(network.network(), true, network.last(), true).values());
    return overlapping;
  }
}
