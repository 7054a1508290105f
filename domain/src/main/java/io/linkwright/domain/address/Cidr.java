package io.linkwright.domain.address;

import io.linkwright.domain.text.DecimalNumber;
import io.linkwright.domain.text.Excerpt;
import java.util.OptionalInt;

/** An IP network in CIDR notation (RFC 4632): {@code 10.1.0.0/16}. No host bit is set. */
public record Cidr(IpAddress network, int prefixLength) {
  private static final int MAX_PREFIX_DIGITS = 3;

  /**
   * Checks prefix and host bits.
   *
   * @throws IllegalArgumentException if the prefix does not fit the family or host bits are set
   */
  public Cidr {
    if (prefixLength < 0 || prefixLength > network.family().bits()) {
      throw new IllegalArgumentException(
          "/%d is not within /0../%d".formatted(prefixLength, network.family().bits()));
    }
    IpAddress masked = masked(network, prefixLength);
    if (!masked.equals(network)) {
      throw new IllegalArgumentException(
          "%s/%d has host bits set; the network is %s/%d"
              .formatted(network, prefixLength, masked, prefixLength));
    }
  }

  /**
   * Reads {@code address/prefix}.
   *
   * @throws IllegalArgumentException if the text has another form or host bits are set
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    OptionalInt prefixLength =
        slash < 0
            ? OptionalInt.empty()
            : DecimalNumber.parse(text.substring(slash + 1), MAX_PREFIX_DIGITS);
    if (prefixLength.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is not a network: address/prefix, as in 10.1.0.0/16".formatted(Excerpt.of(text)));
    }
    return new Cidr(IpAddress.parse(text.substring(0, slash)), prefixLength.getAsInt());
  }

  /** The network of this one address. */
  public static Cidr host(IpAddress address) {
    return new Cidr(address, address.family().bits());
  }

  /** The highest address of the network. */
  public IpAddress last() {
    return new IpAddress(
        network.family(),
        network.high() | (~highMask(network.family(), prefixLength) & familyHighBits(network)),
        network.low() | (~lowMask(network.family(), prefixLength) & familyLowBits(network)));
  }

  /** Whether the two share an address. */
  public boolean overlaps(Cidr other) {
    return network.family() == other.network.family()
        && network.compareTo(other.last()) <= 0
        && other.network.compareTo(last()) <= 0;
  }

  private static IpAddress masked(IpAddress address, int prefixLength) {
    return new IpAddress(
        address.family(),
        address.high() & highMask(address.family(), prefixLength),
        address.low() & lowMask(address.family(), prefixLength));
  }

  private static long highMask(IpAddress.Family family, int prefixLength) {
    return switch (family) {
      case IPV4 -> 0;
      case IPV6 -> mask(Math.min(prefixLength, 64), 64);
    };
  }

  private static long lowMask(IpAddress.Family family, int prefixLength) {
    return switch (family) {
      case IPV4 -> mask(prefixLength, 32);
      case IPV6 -> mask(Math.max(prefixLength - 64, 0), 64);
    };
  }

  /** The uppermost {@code ones} of {@code width} bits. */
  private static long mask(int ones, int width) {
    return ones == 0 ? 0 : -1L << (width - ones) & (-1L >>> (64 - width));
  }

  private static long familyHighBits(IpAddress address) {
    return address.family() == IpAddress.Family.IPV6 ? -1L : 0;
  }

  private static long familyLowBits(IpAddress address) {
    return address.family() == IpAddress.Family.IPV6 ? -1L : 0xffff_ffffL;
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
