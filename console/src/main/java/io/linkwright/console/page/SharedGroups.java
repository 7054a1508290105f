package io.linkwright.console.page;

import io.linkwright.console.api.Group;
import io.linkwright.console.api.Page;
import io.linkwright.console.api.Queries;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the groups, asked of the services once for all who look at them at the same time.
 * Thread-safe; who comes while the services are being asked waits for that answer.
 */
public final class SharedGroups {
  /** How old an answer may be when it is shown to somebody else. */
  private static final Duration FRESH = Duration.ofMillis(300);

  /** Pages that are remembered; those asked for longest ago go first. */
  private static final int MAX_PAGES = 32;

  private final Queries queries;
  private final Map<Optional<String>, Shared> pages = new LinkedHashMap<>();

  /** Asks {@code queries}. */
  public SharedGroups(Queries queries) {
    this.queries = queries;
  }

  /**
   * The groups after one.
   *
   * @throws io.linkwright.console.api.ApiException if the services do not answer
   */
  Page<Group> after(Optional<String> group) {
    return shared(group).page();
  }

  private synchronized Shared shared(Optional<String> after) {
    Shared shared = pages.remove(after);
    pages.put(after, shared == null ? new Shared(after) : shared);
    if (pages.size() > MAX_PAGES) {
      pages.remove(pages.keySet().iterator().next());
    }
    return pages.get(after);
  }

  /** One page, and when it was asked for; guarded by itself. */
  private final class Shared {
    private final Optional<String> after;
    private Page<Group> page;
    private long askedNanos;

    Shared(Optional<String> after) {
      this.after = after;
    }

    synchronized Page<Group> page() {
      long now = System.nanoTime();
      if (page == null || now - askedNanos > FRESH.toNanos()) {
        page = queries.groups(after, Place.PAGE_SIZE);
        askedNanos = now;
      }
      return page;
    }
  }
}
