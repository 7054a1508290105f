package io.linkwright.domain.address;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.persistent.OrderedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The overlay addresses of a group: which of the pool are taken. The lowest free one is found in
 * O(log n), because up to it the taken host numbers have no gap.
 *
 * @param taken host numbers, counted from 0, with the member that has each
 */
public record AddressPool(Cidr network, OrderedMap<Long, EdgeId> taken) {

  public static AddressPool of(Cidr network) {
    return new AddressPool(network, OrderedMap.empty());
  }

  /**
   * How many members' ends a network can address: without its own first address, which in IPv6 is
   * the routers' anycast address (RFC 4291 section 2.6.1), and without IPv4's broadcast address.
   */
  public static long capacity(Cidr network) {
    int hostBits = network.network().family().bits() - network.prefixLength();
    return switch (network.network().family()) {
      case IPV4 -> Math.max((1L << hostBits) - 2, 0);
      case IPV6 -> hostBits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << hostBits) - 1;
    };
  }

  /** How many addresses are left. */
  public long free() {
    return capacity(network) - taken.size();
  }

  /**
   * The pool after a member got an address.
   *
   * @throws IllegalStateException if the address is not the pool's to give or is taken
   */
  public AddressPool take(IpAddress address, EdgeId edge) {
    long host = host(address);
    taken
        .get(host)
        .ifPresent(
            owner -> {
              throw new IllegalStateException(
                  "%s cannot have %s: %s has it".formatted(edge, address, owner));
            });
    return new AddressPool(network, taken.put(host, edge));
  }

  /**
   * A member's addresses when it is to have {@code count}: those it has, cut or continued by the
   * lowest free ones. Empty if too few are left.
   */
  public Optional<List<IpAddress>> addresses(List<IpAddress> held, int count) {
    if (count <= held.size()) {
      return Optional.of(held.subList(0, count));
    }
    List<IpAddress> addresses = new ArrayList<>(held);
    long host = -1;
    while (addresses.size() < count) {
      host = lowestFree(host + 1);
      if (host >= capacity(network)) {
        return Optional.empty();
      }
      addresses.add(address(host));
    }
    return Optional.of(addresses);
  }

  /** The pool after an address came back. */
  public AddressPool release(IpAddress address) {
    return new AddressPool(network, taken.remove(host(address)));
  }

  /** The lowest free host number from {@code from} on: the taken ones before it have no gap. */
  private long lowestFree(long from) {
    int below = taken.prefixLength((_, host) -> host < from);
    int beforeGap = taken.prefixLength((rank, host) -> host < from || host - from == rank - below);
    return from + beforeGap - below;
  }

  private IpAddress address(long host) {
    return network.network().plus(1 + host);
  }

  private long host(IpAddress address) {
    long host = address.low() - network.network().low() - 1;
    boolean inside =
        address.family() == network.network().family()
            && address.high() == network.network().high()
            && host >= 0
            && host < capacity(network);
    if (!inside) {
      throw new IllegalStateException("%s is no host of %s".formatted(address, network));
    }
    return host;
  }
}
