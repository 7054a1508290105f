package io.linkwright.domain.address;

import io.linkwright.domain.text.Excerpt;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address as an unsigned number, ordered by family and value. {@code high} is zero
 * for IPv4.
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {
  /** No padding: some readers take a leading zero for octal. */
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("((0|[1-9]\\d{0,2})\\.){3}(0|[1-9]\\d{0,2})");

  /** Without the zone and the brackets that the JDK's parser takes too. */
  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** Address family and its width. */
  public enum Family {
    /** 32 bits. */
    IPV4(32),
    /** 128 bits. */
    IPV6(128);

    private final int bits;

    Family(int bits) {
      this.bits = bits;
    }

    /** Width of an address in bits. */
    public int bits() {
      return bits;
    }
  }

  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if an IPv4 address has more than 32 bits
   */
  public IpAddress {
    if (family == Family.IPV4 && (high != 0 || low >>> Family.IPV4.bits() != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /**
   * Reads dotted decimal IPv4 or RFC 4291 IPv6 text, at most 45 characters; names are never
   * resolved.
   *
   * @throws IllegalArgumentException for any other text, IPv4-mapped and zoned IPv6 among it
   */
  public static IpAddress parse(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (!(v6 ? IPV6_CHARACTERS : DOTTED_QUAD).matcher(text).matches()) {
      throw notAnAddress(text, null);
    }
    IpAddress address = ofLiteral(text);
    if (v6 != (address.family() == Family.IPV6)) {
      throw notAnAddress(text, null);
    }
    return address;
  }

  /**
   * The address in network byte order.
   *
   * @throws IllegalArgumentException unless there are 4 or 16 bytes
   */
  public static IpAddress ofBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return switch (bytes.length) {
      case 4 -> new IpAddress(Family.IPV4, 0, Integer.toUnsignedLong(buffer.getInt()));
      case 16 -> new IpAddress(Family.IPV6, buffer.getLong(), buffer.getLong());
      default -> throw new IllegalArgumentException(bytes.length + " bytes are no IP address");
    };
  }

  /** 4 or 16 bytes in network byte order. */
  public byte[] bytes() {
    return switch (family) {
      case IPV4 -> ByteBuffer.allocate(4).putInt((int) low).array();
      case IPV6 -> ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    };
  }

  /**
   * The address {@code offset} further on. Only the low 64 bits move: pools and subnets that are
   * walked never span more.
   */
  public IpAddress plus(long offset) {
    return new IpAddress(family, high, low + offset);
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = family.compareTo(other.family);
    if (byFamily != 0) {
      return byFamily;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** Dotted decimal, or the canonical form of RFC 5952. */
  @Override
  public String toString() {
    return switch (family) {
      case IPV4 ->
          (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
      case IPV6 -> canonicalV6();
    };
  }

  private String canonicalV6() {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      long half = i < 4 ? high : low;
      groups[i] = (int) (half >>> (48 - 16 * (i % 4)) & 0xffff);
    }
    int zerosFrom = -1;
    int zerosLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && groups[i + length] == 0) {
        length++;
      }
      if (length > zerosLength) {
        zerosFrom = i;
        zerosLength = length;
      }
    }
    StringJoiner before = new StringJoiner(":");
    StringJoiner after = new StringJoiner(":");
    for (int i = 0; i < 8; i++) {
      if (zerosFrom < 0 || i < zerosFrom) {
        before.add(Integer.toHexString(groups[i]));
      } else if (i >= zerosFrom + zerosLength) {
        after.add(Integer.toHexString(groups[i]));
      }
    }
    return zerosFrom < 0 ? before.toString() : before + "::" + after;
  }

  private static IpAddress ofLiteral(String text) {
    try {
      return ofBytes(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException notLiteral) {
      throw notAnAddress(text, notLiteral);
    }
  }

  private static IllegalArgumentException notAnAddress(String text, Throwable cause) {
    return new IllegalArgumentException(
        "'%s' is not an IP address".formatted(Excerpt.of(text)), cause);
  }
}
