package io.linkwright.console.live;

/**
 * An element of a page that is replaced as a whole.
 *
 * @param id of the element; letters, digits, hyphens and underscores, so that it is a CSS selector
 *     as it stands
 * @param html the element, beginning with its start tag, which carries that id
 */
public record Fragment(String id, String html) {

  /** Takes the markup without the blanks around it. */
  public Fragment {
    html = html.strip();
    if (!html.startsWith("<") || !html.contains("id=\"" + id + "\"")) {
      throw new IllegalArgumentException("fragment %s is not the element of that id".formatted(id));
    }
  }

  /** The element with a mark that it takes the place of the one that has its id (htmx). */
  String replacement() {
    int endOfName = 1;
    while (Character.isLetterOrDigit(html.charAt(endOfName))) {
      endOfName++;
    }
    return html.substring(0, endOfName) + " hx-swap-oob=\"true\"" + html.substring(endOfName);
  }
}
