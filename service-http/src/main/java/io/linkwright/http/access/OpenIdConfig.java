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
    requireSecure("oidc.issuer", issuer);
    if (audience.isBlank() || groupsClaim.isBlank()) {
      throw new IllegalArgumentException("oidc.audience and oidc.groupsClaim must not be blank");
    }
    if (grants.isEmpty()) {
      throw new IllegalArgumentException(
          "oidc.roles is empty: no group of the issuer may do anything");
    }
  }

  /** Who could answer in its place could make tokens. */
  static URI requireSecure(String what, URI url) {
    boolean secure =
        url.getHost() != null
            && ("https".equals(url.getScheme())
                || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost())));
    if (!secure) {
      throw new IllegalArgumentException(
          "%s %s: an https URL, or http on the loopback".formatted(what, url));
    }
    return url;
  }
}
