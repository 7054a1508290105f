package io.linkwright.console.page;

import io.linkwright.console.api.ApiException;
import io.linkwright.console.api.Page;
import io.linkwright.httpapi.answer.GroupAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Pages of the groups, asked of the services once for all who look at them at the same time, and by
 * nobody when nobody looks. Services that are away are asked less and less often, and who looks
 * meanwhile is told the same. Thread-safe; who comes while the services are being asked waits for
 * that answer.
 */
public final class SharedGroups {
  /**
   * How old an answer may be when it is shown to somebody else. One that took longer to come is
   * good for as long as it took, so that slow services are not kept busy by us.
   */
  static final Duration FRESH = Duration.ofMillis(300);

  /** How long a first failure is told before the services are asked again; doubles each time. */
  static final Duration FIRST_RETRY = Duration.ofMillis(500);

  /** People wait for the services to come back: no longer than the error page takes to reload. */
  static final Duration MAX_RETRY = Duration.ofSeconds(3);

  /** Pages that are remembered; those asked for longest ago go first. */
  private static final int MAX_PAGES = 32;

  private final Function<Optional<String>, Page<GroupAnswer>> services;
  private final LongSupplier nanoTime;
  private final Map<Optional<String>, Shared> pages = new LinkedHashMap<>();

  /**
   * Nothing is asked yet.
   *
   * @param services answer with the groups after one
   */
  public SharedGroups(Function<Optional<String>, Page<GroupAnswer>> services) {
    this(services, System::nanoTime);
  }

  SharedGroups(Function<Optional<String>, Page<GroupAnswer>> services, LongSupplier nanoTime) {
    this.services = services;
    this.nanoTime = nanoTime;
  }

  /**
   * The groups after one.
   *
   * @throws ApiException if the services do not answer, or did not a moment ago
   */
  Page<GroupAnswer> after(Optional<String> group) {
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

  /** What came of asking. */
  private sealed interface Outcome {
    record Answered(Page<GroupAnswer> page) implements Outcome {}

    /**
     * No answer.
     *
     * @param retryAfter how long this is told to everybody
     */
    record Failed(ApiException reason, Duration retryAfter) implements Outcome {}
  }

  /** One page, and what came of asking for it last; guarded by itself. */
  private final class Shared {
    private final Optional<String> after;
    private Optional<Outcome> last = Optional.empty();
    private long goodUntilNanos;

    Shared(Optional<String> after) {
      this.after = after;
    }

    synchronized Page<GroupAnswer> page() {
      Outcome outcome =
          last.filter(_ -> nanoTime.getAsLong() - goodUntilNanos < 0).orElseGet(this::ask);
      return switch (outcome) {
        case Outcome.Answered(Page<GroupAnswer> page) -> page;
        case Outcome.Failed(ApiException reason, _) -> throw reason;
      };
    }

    private Outcome ask() {
      long asked = nanoTime.getAsLong();
      Outcome outcome = outcome();
      long answered = nanoTime.getAsLong();
      goodUntilNanos =
          answered
              + switch (outcome) {
                case Outcome.Answered _ -> Math.max(FRESH.toNanos(), answered - asked);
                case Outcome.Failed(_, Duration retryAfter) -> retryAfter.toNanos();
              };
      last = Optional.of(outcome);
      return outcome;
    }

    private Outcome outcome() {
      try {
        return new Outcome.Answered(services.apply(after));
      } catch (ApiException away) {
        return new Outcome.Failed(away, retryAfter());
      }
    }

    private Duration retryAfter() {
      if (last.isPresent() && last.get() instanceof Outcome.Failed(_, Duration before)) {
        Duration doubled = before.multipliedBy(2);
        return doubled.compareTo(MAX_RETRY) < 0 ? doubled : MAX_RETRY;
      }
      return FIRST_RETRY;
    }
  }
}
