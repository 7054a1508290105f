package io.linkwright.topology.view;

import java.util.List;
import java.util.Optional;

/**
 * A page of a listing in the order of the ids.
 *
 * @param after the last id of the page before; empty for the first page
 * @param limit most entries of the page
 */
public record Page<T>(Optional<T> after, int limit) {

  /** Everything on one page. */
  public static <T> Page<T> everything() {
    return new Page<>(Optional.empty(), Integer.MAX_VALUE);
  }

  /** A page with one entry more, which says whether another page follows. */
  public Page<T> andOneMore() {
    return new Page<>(after, limit + 1);
  }

  /** What of {@link #andOneMore} is on this page. */
  public <E> List<E> of(List<E> found) {
    return found.subList(0, Math.min(found.size(), limit));
  }

  /** The entry after which the next page starts, if one follows. */
  public <E> Optional<E> next(List<E> found) {
    return found.size() > limit ? Optional.of(found.get(limit - 1)) : Optional.empty();
  }
}
