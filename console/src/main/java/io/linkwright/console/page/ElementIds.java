package io.linkwright.console.page;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;

/** Ids of elements, made of ids of things, that are CSS selectors as they stand. */
public final class ElementIds {
  private ElementIds() {}

  /** The row of a link. */
  public static String link(LinkId id) {
    return "link-" + id.toString().replace('~', '_');
  }

  /** The row of a member. */
  public static String member(EdgeId edge) {
    return "member-" + edge;
  }

  /** A member of the graph. */
  public static String node(EdgeId edge) {
    return "node-" + edge;
  }

  /** The row of a group. */
  public static String group(GroupId id) {
    return "group-" + id;
  }

  /** The row of an event. */
  public static String event(long revision) {
    return "event-" + revision;
  }
}
