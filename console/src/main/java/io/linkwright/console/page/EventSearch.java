package io.linkwright.console.page;

import io.linkwright.httpapi.answer.EventAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the events of a page in a group's log, which has a revision for each event and no gap. Both
 * directions look through a bounded number of events, so that a filter is answered in a second: a
 * page may then show less than it could, and leads on from there.
 */
public final class EventSearch {
  static final int PAGE_SIZE = 50;
  static final int MAX_SEARCHED = 5_000;

  /** The most that the services give at once. */
  private static final int LARGEST_CHUNK = 500;

  private final Log log;
  private final EventFilter filter;

  /** A group's log. */
  public interface Log {
    /** Events from a revision on, oldest first; fewer than {@code limit} only at the end. */
    List<EventAnswer> from(long revision, int limit);
  }

  /**
   * What a page shows.
   *
   * @param events newest first
   * @param older the newest revision that the next page may show; 0 if everything was looked at
   */
  public record Found(List<EventAnswer> events, long older) {
    /** Copies the list. */
    public Found {
      events = List.copyOf(events);
    }
  }

  /** Those of {@code log} that match {@code filter}, wherever it begins. */
  public EventSearch(Log log, EventFilter filter) {
    this.log = log;
    this.filter = filter;
  }

  /** The page that begins at a revision and goes back from there. */
  Found until(long newest) {
    List<EventAnswer> matching = new ArrayList<>();
    long end = newest;
    while (end > 0 && newest - end < MAX_SEARCHED) {
      long from = Math.max(1, end - chunk() + 1);
      for (EventAnswer event : log.from(from, (int) (end - from + 1)).reversed()) {
        if (filter.matches(event)) {
          matching.add(event);
          if (matching.size() == PAGE_SIZE) {
            return new Found(matching, event.revision() - 1);
          }
        }
      }
      end = from - 1;
    }
    return new Found(matching, end);
  }

  /**
   * Where the page begins that ends with a revision: what "Previous" leads to.
   *
   * @param newest revision of the group
   * @return the page's newest revision; nothing for the first page
   */
  public Optional<Long> endingWith(long oldest, long newest) {
    int matching = 0;
    long last = oldest;
    long from = oldest;
    while (from <= newest && from - oldest < MAX_SEARCHED) {
      int limit = (int) Math.min(chunk(), newest - from + 1);
      for (EventAnswer event : log.from(from, limit)) {
        if (filter.matches(event)) {
          matching++;
          if (matching > PAGE_SIZE) {
            return Optional.of(last);
          }
          last = event.revision();
        }
      }
      from += limit;
    }
    return from > newest ? Optional.empty() : Optional.of(from - 1);
  }

  /** Where every event counts, a page of them is enough. */
  private int chunk() {
    return filter.isNarrow() ? LARGEST_CHUNK : PAGE_SIZE + 1;
  }
}
