package io.linkwright.http.access;

import java.util.List;

/**
 * Who sends a request.
 *
 * @param actor as the log names them. A proved one begins with how it was proved, {@code token:} or
 *     {@code oidc:}, which nobody can claim
 * @param proved whether that was proved; if not, whatever {@code Linkwright-Actor} claims counts
 */
public record Caller(String actor, Proof proved, List<Grant> grants) {
  /** Whoever asks a service that asks nobody. */
  static final Caller ANYBODY = new Caller("anonymous", Proof.NONE, List.of(Grant.of(Role.ADMIN)));

  /** How somebody was proved to be who they are. */
  public enum Proof {
    /** Not at all. */
    NONE("unauthenticated"),
    /** By a token that this installation has made. */
    TOKEN("token"),
    /** By a token of an OpenID provider. */
    OPENID("openid");

    private final String label;

    Proof(String label) {
      this.label = label;
    }

    /** The name in answers. */
    public String label() {
      return label;
    }
  }

  /** Copies the list. */
  public Caller {
    grants = List.copyOf(grants);
  }

  /** Whether anybody knows who it is. */
  public boolean isProved() {
    return proved != Proof.NONE;
  }

  /** Whether the route may be used at all. */
  boolean may(Access access) {
    return grants.stream().anyMatch(grant -> grant.role().allows(access));
  }

  /** Whether the group may be changed. */
  boolean mayChange(String group) {
    return grants.stream().anyMatch(grant -> grant.includes(group));
  }
}
