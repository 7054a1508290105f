package io.linkwright.console.page;

import io.linkwright.console.api.Page;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways from one page of a table to the others. Empty addresses lead nowhere.
 *
 * @param words which rows these are; empty if that says nothing
 */
public record Pager(
    Optional<String> words, Optional<String> previous, Optional<String> next, String first) {

  /**
   * Of a page that is shown.
   *
   * @param table address of the table, with what it is filtered by
   * @param place where the page begins
   * @param page its rows
   * @param noun what the rows are, as in {@code Links}
   * @param total number of all rows; empty if nobody knows
   */
  static Pager of(Address table, Place place, Page<?> page, String noun, Optional<Long> total) {
    long to = place.from() + page.items().size() - 1;
    String rows =
        page.items().isEmpty()
            ? "No more " + noun.toLowerCase(Locale.ROOT)
            : "%s %d to %d%s"
                .formatted(noun, place.from(), to, total.map(all -> " of " + all).orElse(""));
    boolean later = place.after().isPresent();
    return new Pager(
        later || !page.items().isEmpty() ? Optional.of(rows) : Optional.empty(),
        place.after().map(last -> table.with("before=" + last)),
        page.next().map(last -> table.with(new Place(Optional.of(last), to + 1).query())),
        table.with(""));
  }

  /** Whether all rows are on this page, so that there is nowhere to go. */
  public boolean isAlone() {
    return previous.isEmpty() && next.isEmpty();
  }

  /**
   * An address within the console.
   *
   * @param query what is always asked; may be empty
   */
  public record Address(String path, String query) {
    /** The address with something more asked. */
    public String with(String more) {
      String both = query.isEmpty() || more.isEmpty() ? query + more : query + "&" + more;
      return both.isEmpty() ? path : path + "?" + both;
    }
  }
}
