package io.linkwright.domain.key;

import io.linkwright.domain.link.TunnelSecrets;

/**
 * One direction of an IPsec tunnel (RFC 4301).
 *
 * @param spi security parameters index, unsigned 32 bits, unique at the receiving edge
 * @param fingerprint of the keys, see {@link TunnelSecrets#fingerprint(byte[])}
 */
public record SecurityAssociation(long spi, SaAlgorithm algorithm, String fingerprint) {
  /** Lowest usable SPI: RFC 4303 section 2.1 reserves 0 to 255. */
  public static final long MIN_SPI = 256;

  /** Highest SPI. */
  public static final long MAX_SPI = 0xffff_ffffL;

  /**
   * Checks the SPI.
   *
   * @throws IllegalArgumentException if {@code spi} is reserved or wider than 32 bits
   */
  public SecurityAssociation {
    if (spi < MIN_SPI || spi > MAX_SPI) {
      throw new IllegalArgumentException(
          "SPI %d is not within %d..%d".formatted(spi, MIN_SPI, MAX_SPI));
    }
  }
}
