package io.linkwright.edgeprotocol;

import java.time.Duration;

/**
 * Bounds of sealing terms.
 *
 * @param maxAge of a term; an edge's next secrets are sealed under a new encapsulation
 * @param maxSealed blobs under one term; far below the 2^32 that AES-GCM allows under a key (NIST
 *     SP 800-38D section 8.3)
 * @param maxTerms kept at a time, about 1.5 KiB each; the one unused longest goes first
 */
public record SealingLimits(Duration maxAge, int maxSealed, int maxTerms) {
  /** An hour, a million blobs, 16,384 terms. */
  public static final SealingLimits DEFAULT =
      new SealingLimits(Duration.ofHours(1), 1_000_000, 16_384);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the bound that is not positive
   */
  public SealingLimits {
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxAge %s is not positive".formatted(maxAge));
    }
    requirePositive("maxSealed", maxSealed);
    requirePositive("maxTerms", maxTerms);
  }

  private static void requirePositive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("%s %d is not positive".formatted(name, value));
    }
  }
}
