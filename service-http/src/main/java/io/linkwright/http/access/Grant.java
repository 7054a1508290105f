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

  /** Part by part, each at its first place: every command of an operator comes by here. */
  private static boolean matches(String pattern, String group) {
    String[] parts = pattern.split("\\*", -1);
    if (parts.length == 1) {
      return pattern.equals(group);
    }
    String last = parts[parts.length - 1];
    int at = parts[0].length();
    int end = group.length() - last.length();
    if (at > end || !group.startsWith(parts[0]) || !group.endsWith(last)) {
      return false;
    }
    for (int part = 1; part < parts.length - 1; part++) {
      int found = group.indexOf(parts[part], at);
      at = found + parts[part].length();
      if (found < 0 || at > end) {
        return false;
      }
    }
    return true;
  }
}
