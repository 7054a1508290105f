package io.linkwright.edgeprotocol;

import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;

/** Compares opened secrets with the fingerprints that the controller signed. */
public final class Fingerprints {
  private Fingerprints() {}

  /** Whether these are the secrets of that configuration: link, key version and every key. */
  public static boolean match(LinkConfiguration link, LinkSecrets secrets) {
    if (!link.id().equals(secrets.link())
        || link.keyVersion() != secrets.keyVersion()
        || link.tunnels().size() != secrets.tunnels().size()) {
      return false;
    }
    for (int index = 0; index < link.tunnels().size(); index++) {
      if (!match(link.tunnels().get(index).keys(), secrets.tunnels().get(index))) {
        return false;
      }
    }
    return true;
  }

  private static boolean match(TunnelKeys keys, TunnelSecrets secrets) {
    return switch (keys) {
      case TunnelKeys.AwaitingEnrollment() -> false;
      case TunnelKeys.PresharedKey(String fingerprint) ->
          secrets instanceof PresharedSecret preshared
              && fingerprint.equals(TunnelSecrets.fingerprint(preshared.key()));
      case TunnelKeys.SecurityAssociations(var aToB, var bToA) ->
          secrets instanceof SaSecrets associations
              && aToB.fingerprint().equals(TunnelSecrets.fingerprint(associations.aToB()))
              && bToA.fingerprint().equals(TunnelSecrets.fingerprint(associations.bToA()));
    };
  }
}
