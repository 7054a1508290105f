package io.linkwright.console.page;

import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.Notice;

/**
 * How a group is, in a word and a tone; colour never says it alone.
 *
 * @param tone one of the style sheet's: ok, info, warn, down, idle
 */
public record Health(String tone, String words) {
  /** The services name no more links than this in one answer. */
  private static final long MAX_NAMED = 100;

  /** The worst that is known: links that are down come first, then other warnings. */
  static Health of(GroupAnswer group) {
    long down = count(group, Notice.LINK_DOWN);
    long degraded = count(group, Notice.LINK_DEGRADED);
    long warnings = group.notices().stream().filter(GroupWords::isWarning).count();
    int isolated = group.isolatedMembers().size();
    if (down > 0) {
      return new Health("down", links(down) + " down");
    }
    if (degraded > 0) {
      return new Health("warn", links(degraded) + " degraded");
    }
    if (warnings > 0) {
      return new Health("warn", warnings == 1 ? "1 warning" : warnings + " warnings");
    }
    if (group.memberCount() == 0) {
      return new Health("idle", "No members");
    }
    if (isolated > 0) {
      return new Health("info", isolated + " isolated");
    }
    return new Health("ok", "No faults known");
  }

  private static long count(GroupAnswer group, String code) {
    return group.notices().stream().filter(notice -> notice.code().equals(code)).count();
  }

  private static String links(long count) {
    if (count == 1) {
      return "1 link";
    }
    return count < MAX_NAMED ? count + " links" : "%d links or more".formatted(MAX_NAMED);
  }
}
