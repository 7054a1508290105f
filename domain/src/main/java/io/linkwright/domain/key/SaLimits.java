package io.linkwright.domain.key;

import java.util.Optional;

/**
 * How much an IPsec security association may carry before its link gets new keys. The edges count;
 * the keys go on until new ones have come, so that a controller that is away costs no packet.
 *
 * @param bytes of plaintext, as the kernel counts them
 * @param packets in one direction
 */
public record SaLimits(Optional<Long> bytes, Optional<Long> packets) {
  /** No limit. */
  public static final SaLimits NONE = new SaLimits(Optional.empty(), Optional.empty());

  /** A change of keys takes some 15 s, and nobody wants one after the other. */
  public static final long MIN_BYTES = 1L << 20;

  /** Half of the blocks of 16 bytes after which two ciphertexts of a block cipher may be alike. */
  public static final long MAX_BYTES = 1L << 60;

  /** As with {@link #MIN_BYTES}. */
  public static final long MIN_PACKETS = 1_000;

  /** A sixteenth of what extended sequence numbers allow (RFC 4303 section 2.2.1). */
  public static final long MAX_PACKETS = 1L << 60;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the limit that is out of range
   */
  public SaLimits {
    bytes.ifPresent(SaLimits::requireBytes);
    packets.ifPresent(SaLimits::requirePackets);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return bytes.isEmpty() && packets.isEmpty();
  }

  /** Whether an association that has carried this much is to be replaced. */
  public boolean areReachedBy(long carriedBytes, long carriedPackets) {
    return bytes.filter(limit -> carriedBytes >= limit).isPresent()
        || packets.filter(limit -> carriedPackets >= limit).isPresent();
  }

  /**
   * A limit in bytes.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public static long requireBytes(long limit) {
    return require(limit, MIN_BYTES, MAX_BYTES);
  }

  /**
   * A limit in packets.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public static long requirePackets(long limit) {
    return require(limit, MIN_PACKETS, MAX_PACKETS);
  }

  private static long require(long limit, long min, long max) {
    if (limit < min || limit > max) {
      throw new IllegalArgumentException("%d is not within %d and %d".formatted(limit, min, max));
    }
    return limit;
  }
}
