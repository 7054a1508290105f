package io.linkwright.console.page;

/** Ids of elements, made of ids of things, that are CSS selectors as they stand. */
public final class ElementIds {
  private ElementIds() {}

  /** The row of a link. */
  public static String link(String id) {
    return "link-" + id.replace('~', '_');
  }

  /** The row of a member. */
  public static String member(String edge) {
    return "member-" + edge;
  }

  /** A member of the graph. */
  public static String node(String edge) {
    return "node-" + edge;
  }

  /** The row of a group. */
  public static String group(String id) {
    return "group-" + id;
  }

  /** The row of an event. */
  public static String event(long revision) {
    return "event-" + revision;
  }
}
