package io.linkwright.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is signed in.
 *
 * @param actor as the log names them
 * @param roles of the API
 */
public record Visitor(String actor, Set<String> roles) {
  private static final Set<String> READERS_OF_THE_LOG = Set.of("auditor", "operator", "admin");

  /** Copies the set. */
  public Visitor {
    roles = Set.copyOf(roles);
  }

  /** Of the service's answer to who somebody is. */
  static Visitor of(JsonNode whoami) {
    return new Visitor(
        whoami.path("actor").asText(),
        whoami
            .path("grants")
            .valueStream()
            .map(grant -> grant.path("role").asText())
            .collect(Collectors.toSet()));
  }

  /** Whether they may see who did what. */
  boolean seesTheLog() {
    return roles.stream().anyMatch(READERS_OF_THE_LOG::contains);
  }
}
