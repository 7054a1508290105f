package io.linkwright.console.page;

import io.linkwright.console.api.Group;
import io.linkwright.console.api.Notice;

/**
 * How a group is, in a word and a tone; colour never says it alone.
 *
 * @param tone one of the style sheet's: ok, info, warn, idle
 */
public record Health(String tone, String words) {

  static Health of(Group group) {
    long warnings = group.notices().stream().filter(Notice::isWarning).count();
    int isolated = group.isolatedMembers().size();
    if (warnings > 0) {
      return new Health("warn", warnings == 1 ? "1 warning" : warnings + " warnings");
    }
    if (group.memberCount() == 0) {
      return new Health("idle", "No members");
    }
    if (isolated > 0) {
      return new Health("info", isolated + " isolated");
    }
    return new Health("ok", "No issues");
  }
}
