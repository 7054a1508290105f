package io.linkwright.domain.key;

/** What the security associations of an IPsec group are, and how much one may carry. */
public record SaPolicy(SaAlgorithm algorithm, SaLimits limits) {
  /** Of a group that says nothing, and of all WireGuard groups, which have no associations. */
  public static final SaPolicy DEFAULT =
      new SaPolicy(SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128, SaLimits.NONE);
}
