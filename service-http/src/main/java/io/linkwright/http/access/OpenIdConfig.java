package io.linkwright.http.access;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose tokens are believed, and what their groups may do.
 *
 * @param issuer as tokens name it; what it says of itself is at {@code
 *     /.well-known/openid-configuration} below it (OpenID Connect Discovery 1.0)
 * @param audience that tokens must be for
 * @param groupsClaim of a token, a list of the groups that somebody is in
 * @param grants by such a group
 */
public record OpenIdConfig(
    URI issuer, String audience, String groupsClaim, Map<String, List<Grant>> grants) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public OpenIdConfig {
    grants = Map.copyOf(grants);
    if (issuer.getHost() == null
        || !("https".equals(issuer.getScheme())
            || ("http".equals(issuer.getScheme()) && LOOPBACK.contains(issuer.getHost())))) {
      throw new IllegalArgumentException(
          "oidc.issuer %s: an https URL, or http on the loopback".formatted(issuer));
    }
    if (audience.isBlank() || groupsClaim.isBlank()) {
      throw new IllegalArgumentException("oidc.audience and oidc.groupsClaim must not be blank");
    }
    if (grants.isEmpty()) {
      throw new IllegalArgumentException(
          "oidc.roles is empty: no group of the issuer may do anything");
    }
  }
}
