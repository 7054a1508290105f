package io.linkwright.httpapi.answer;

import java.util.List;

/**
 * Who the server takes the caller for.
 *
 * @param actor as the log names them
 * @param provedBy {@code unauthenticated}, {@code token} or {@code openid}
 * @param grants what they may do
 */
public record CallerAnswer(String actor, String provedBy, List<Grant> grants) {

  /** Copies the list. */
  public CallerAnswer {
    grants = List.copyOf(grants);
  }

  /**
   * A role.
   *
   * @param groups of an operator: those that it may change, {@code *} for any part of an id
   */
  public record Grant(String role, List<String> groups) {}
}
