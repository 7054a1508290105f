package io.linkwright.http.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A role, and for an operator the groups that it is for.
 *
 * @param groups ids of groups, in which {@code *} stands for any part, as in {@code west-*}; empty
 *     for every role but operator
 */
public record Grant(Role role, List<String> groups) {
  /** Of all groups. */
  public static final String ALL_GROUPS = "*";

  private static final Pattern GROUP_PATTERN = Pattern.compile("[a-z0-9*-]{1,63}");

  /**
   * Checks that role and groups go together.
   *
   * @throws IllegalArgumentException if they do not, or a pattern can match no group
   */
  public Grant {
    groups = List.copyOf(groups);
    if (role == Role.OPERATOR && groups.isEmpty()) {
      throw new IllegalArgumentException(
          "an operator needs the groups that it is for: ids, 'west-*', or '*' for all");
    }
    if (role != Role.OPERATOR && !groups.isEmpty()) {
      throw new IllegalArgumentException(
          "groups are for operators: %s is for all groups".formatted(role.label()));
    }
    for (String group : groups) {
      if (!GROUP_PATTERN.matcher(group).matches()) {
        throw new IllegalArgumentException(
            "'%s' matches no group: small letters, digits, '-', and '*' for any part"
                .formatted(group));
      }
    }
  }

  /** Of a role that is for all groups. */
  public static Grant of(Role role) {
    return new Grant(role, role == Role.OPERATOR ? List.of(ALL_GROUPS) : List.of());
  }

  /** Whether it lets {@code group} be changed. */
  boolean includes(String group) {
    return role == Role.ADMIN || groups.stream().anyMatch(pattern -> matches(pattern, group));
  }

  private static boolean matches(String pattern, String group) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return group.matches(regex);
  }
}
