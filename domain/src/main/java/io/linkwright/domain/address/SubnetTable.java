package io.linkwright.domain.address;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.persistent.OrderedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which subnet of a group. Its subnets are disjoint, so only the two neighbours of a new
 * one can overlap it.
 *
 * @param byFirstAddress the subnets, by their first address
 */
public record SubnetTable(OrderedMap<IpAddress, OwnedSubnet> byFirstAddress) {

  /** A subnet behind a member. */
  public record OwnedSubnet(Cidr subnet, EdgeId owner) {}

  public static SubnetTable empty() {
    return new SubnetTable(OrderedMap.empty());
  }

  /** A subnet of the table that shares an address with this one. */
  public Optional<OwnedSubnet> overlapping(Cidr subnet) {
    return byFirstAddress
        .floor(subnet.network())
        .flatMap(below -> overlap(below, subnet))
        .or(
            () ->
                byFirstAddress.ceiling(subnet.network()).flatMap(above -> overlap(above, subnet)));
  }

  /**
   * The table with the subnets of a member.
   *
   * @throws IllegalStateException if one overlaps another
   */
  public SubnetTable with(List<Cidr> subnets, EdgeId owner) {
    SubnetTable table = this;
    for (Cidr subnet : subnets) {
      table = table.with(subnet, owner);
    }
    return table;
  }

  /** The table without these subnets, which are in it. */
  public SubnetTable without(List<Cidr> subnets) {
    OrderedMap<IpAddress, OwnedSubnet> left = byFirstAddress;
    for (Cidr subnet : subnets) {
      left = left.remove(subnet.network());
    }
    return new SubnetTable(left);
  }

  public SubnetTable with(Cidr subnet, EdgeId owner) {
    overlapping(subnet)
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  "%s of %s overlaps %s of %s"
                      .formatted(subnet, owner, other.subnet(), other.owner()));
            });
    return new SubnetTable(byFirstAddress.put(subnet.network(), new OwnedSubnet(subnet, owner)));
  }

  private static Optional<OwnedSubnet> overlap(
      Map.Entry<IpAddress, OwnedSubnet> neighbour, Cidr subnet) {
    return Optional.of(neighbour.getValue()).filter(owned -> owned.subnet().overlaps(subnet));
  }
}
