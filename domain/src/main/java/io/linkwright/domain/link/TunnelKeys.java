package io.linkwright.domain.link;

import io.linkwright.domain.key.SecurityAssociation;

/** What the log says of a tunnel's keys: enough to recognize them, nothing to derive them from. */
public sealed interface TunnelKeys {

  /** One of the two ends has no keys yet: the tunnel exists and cannot be configured. */
  record AwaitingEnrollment() implements TunnelKeys {}

  /**
   * WireGuard.
   *
   * @param fingerprint of the preshared key, see {@link TunnelSecrets#fingerprint(byte[])}
   */
  record PresharedKey(String fingerprint) implements TunnelKeys {}

  /** IPsec: a security association for each direction. */
  record SecurityAssociations(SecurityAssociation aToB, SecurityAssociation bToA)
      implements TunnelKeys {}
}
