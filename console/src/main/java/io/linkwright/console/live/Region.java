package io.linkwright.console.live;

import java.util.List;

/** A part of a page that changes with the state it shows. */
public sealed interface Region {

  /** One element. */
  record Single(Fragment fragment) implements Region {}

  /**
   * Elements in order, which come and go one by one.
   *
   * @param anchorId of the element before the first, which never goes
   * @param container name of the element they are in: a browser parses rows only inside a table
   */
  record Listing(String anchorId, String container, List<Fragment> items) implements Region {
    /** Copies the list. */
    public Listing {
      items = List.copyOf(items);
    }

    /** All elements, one after the other. */
    public String html() {
      StringBuilder html = new StringBuilder();
      items.forEach(item -> html.append(item.html()).append('\n'));
      return html.toString();
    }
  }
}
