package io.linkwright.console.page;

import io.linkwright.console.api.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a page of a long table begins.
 *
 * @param after id of the last row of the page before; empty for the first page
 * @param from number of the page's first row, from 1; for people
 */
public record Place(Optional<String> after, long from) {
  /** Rows of a page. */
  public static final int PAGE_SIZE = 50;

  /** Where a table begins. */
  public static final Place START = new Place(Optional.empty(), 1);

  /** Pages of a service's answer that are looked through, of the most that it gives at once. */
  private static final int MAX_LOOKED_THROUGH = 300;

  /**
   * Where the page begins that ends with a row: what "Previous" leads to. The services only go
   * forward, so it is found from the start, and only when somebody goes back.
   *
   * @param last id of that row; if it is gone, the first page
   * @param rows asks a service for the rows after an id
   * @param id of a row
   */
  public static <T> Place endingWith(
      String last, Function<Optional<String>, Page<T>> rows, Function<T, String> id) {
    Deque<String> passed = new ArrayDeque<>();
    Optional<String> after = Optional.empty();
    long number = 0;
    for (int looked = 0; looked < MAX_LOOKED_THROUGH; looked++) {
      Page<T> page = rows.apply(after);
      for (T row : page.items()) {
        number++;
        passed.addLast(id.apply(row));
        if (passed.size() > PAGE_SIZE + 1) {
          passed.removeFirst();
        }
        if (passed.getLast().equals(last)) {
          return number > PAGE_SIZE
              ? new Place(Optional.of(passed.getFirst()), number - PAGE_SIZE + 1)
              : START;
        }
      }
      after = page.next();
      if (after.isEmpty()) {
        return START;
      }
    }
    return START;
  }

  /** As the query of an address. */
  public String query() {
    return after.map(id -> "after=%s&from=%d".formatted(id, from)).orElse("");
  }
}
