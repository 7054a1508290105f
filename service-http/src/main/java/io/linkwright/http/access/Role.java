package io.linkwright.http.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What somebody is, and so may do. */
public enum Role {
  /** Sees how groups are. */
  VIEWER("viewer"),
  /** Sees also who did what. */
  AUDITOR("auditor"),
  /** Sees all of that, and changes groups: those that the grant names. */
  OPERATOR("operator"),
  /** May do all, in all groups. */
  ADMIN("admin");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /** The name in files, options and answers. */
  public String label() {
    return label;
  }

  boolean allows(Access access) {
    return switch (access) {
      case ANYONE, OWN_PROOF, SOMEBODY, READ -> true;
      case AUDIT -> this != VIEWER;
      case CHANGE -> this == OPERATOR || this == ADMIN;
      case ADMINISTER -> this == ADMIN;
    };
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static Role parse(String text) {
    return Arrays.stream(values())
        .filter(role -> role.label.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no role: one of %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(Role::label)
                                .collect(Collectors.joining(", ")))));
  }
}
