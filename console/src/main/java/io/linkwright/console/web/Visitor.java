package io.linkwright.console.web;

import io.linkwright.httpapi.answer.CallerAnswer;
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
  static Visitor of(CallerAnswer caller) {
    return new Visitor(
        caller.actor(),
        caller.grants().stream().map(CallerAnswer.Grant::role).collect(Collectors.toSet()));
  }

  /** Whether they may see who did what. */
  boolean seesTheLog() {
    return roles.stream().anyMatch(READERS_OF_THE_LOG::contains);
  }
}
