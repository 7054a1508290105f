package io.linkwright.standalone.command;

import io.linkwright.http.access.Authentication;
import io.linkwright.http.access.Grant;
import io.linkwright.http.access.OpenIdConfig;
import io.linkwright.http.access.OpenIdTokens;
import io.linkwright.http.access.Role;
import io.linkwright.http.access.TokenFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a server knows who is calling. */
final class AccessOptions {
  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = {
        "Ask callers for a token of this file, which 'linkwright token create' makes. It is read",
        "again when it changes"
      })
  private Optional<Path> tokens;

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private OpenId openId;

  /** An OpenID provider. */
  static final class OpenId {
    @Option(
        names = "--oidc-issuer",
        required = true,
        paramLabel = "URL",
        description = "Believe tokens of this OpenID provider, named as tokens name their issuer")
    private URI issuer;

    @Option(
        names = "--oidc-audience",
        required = true,
        paramLabel = "TEXT",
        description = "What tokens must be for: the name of this installation at the provider")
    private String audience;

    @Option(
        names = "--oidc-groups-claim",
        paramLabel = "NAME",
        defaultValue = "groups",
        description = "Where tokens name the groups of people. Default: ${DEFAULT-VALUE}")
    private String groupsClaim;

    @Option(
        names = "--oidc-role",
        required = true,
        paramLabel = "GROUP=ROLE",
        description = {
          "What people of a group are: viewer, auditor, admin, or operator:west-*,hq with the",
          "peering groups that they may change. May be given several times"
        })
    private List<String> roles;

    private OpenIdConfig config() {
      return new OpenIdConfig(issuer, audience, groupsClaim, grants(roles));
    }
  }

  /**
   * As the options have it.
   *
   * @throws IllegalArgumentException if they make no sense or the file cannot be read
   */
  Authentication authentication() {
    return Authentication.of(
        tokens.map(TokenFile::open),
        Optional.ofNullable(openId).map(OpenId::config).map(OpenIdTokens::new));
  }

  private static Map<String, List<Grant>> grants(List<String> roles) {
    return roles.stream()
        .map(AccessOptions::grant)
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey,
                Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableList())));
  }

  private static Map.Entry<String, Grant> grant(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "--oidc-role '%s': a group and what it is, as in netops=operator:west-*".formatted(text));
    }
    String[] role = text.substring(equals + 1).split(":", 2);
    List<String> groups = role.length < 2 ? List.of() : List.of(role[1].split(",", -1));
    return Map.entry(text.substring(0, equals), new Grant(Role.parse(role[0]), groups));
  }
}
