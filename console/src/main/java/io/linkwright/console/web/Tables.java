package io.linkwright.console.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.linkwright.console.api.Page;
import io.linkwright.console.api.Queries;
import io.linkwright.console.api.Queries.LinkQuery;
import io.linkwright.console.page.EventFilter;
import io.linkwright.console.page.EventSearch;
import io.linkwright.console.page.Pager;
import io.linkwright.console.page.Place;
import io.linkwright.httpapi.answer.LinkAnswer;
import java.util.Optional;
import java.util.function.Function;

/**
 * "Previous" of the long tables. An address with {@code before}, the last row of the page that is
 * wanted, is looked up and answered with the address of that page: the page itself, and the stream
 * that keeps it current, only ever know where they begin.
 */
final class Tables {
  /** The most that the services give at once. */
  private static final int LARGEST_PAGE = 1_000;

  private static final String BEFORE = "before";

  private final Queries queries;

  Tables(Queries queries) {
    this.queries = queries;
  }

  Handler groups(Handler page) {
    return orBefore(
        page,
        (_, last) ->
            Place.endingWith(
                last, after -> queries.groups(after, LARGEST_PAGE), group -> group.id().value()));
  }

  Handler members(Handler page) {
    return orBefore(
        page,
        (context, last) -> {
          String group = Parameters.group(context);
          return Place.endingWith(
              last,
              after -> queries.members(group, after, LARGEST_PAGE),
              member -> member.edge().value());
        });
  }

  Handler links(Handler page) {
    return orBefore(
        page,
        (context, last) -> {
          String group = Parameters.group(context);
          Optional<String> edge = Parameters.edgeFilter(context);
          Function<Optional<String>, Page<LinkAnswer>> rows =
              after -> queries.links(group, new LinkQuery(edge, after, LARGEST_PAGE));
          return Place.endingWith(last, rows, link -> link.id().toString());
        });
  }

  /** The log goes back in time, so the page before is of newer events. */
  Handler activity(Handler page) {
    return context -> {
      long oldest = Parameters.positive(context, BEFORE, 0);
      if (oldest == 0) {
        page.handle(context);
        return;
      }
      String group = Parameters.group(context);
      EventFilter filter = Parameters.eventFilter(context);
      Optional<Long> until =
          new EventSearch((from, limit) -> queries.events(group, from, limit), filter)
              .endingWith(oldest, queries.group(group).revision());
      context.redirect(
          new Pager.Address(context.path(), filter.query())
              .with(until.map(revision -> "until=" + revision).orElse("")));
    };
  }

  /** Finds a page by its last row. */
  private interface Lookup {
    Place find(Context context, String last);
  }

  private static Handler orBefore(Handler page, Lookup lookup) {
    return context -> {
      Optional<String> last = Parameters.query(context, BEFORE);
      if (last.isEmpty()) {
        page.handle(context);
        return;
      }
      String filter = Parameters.edgeFilter(context).map(edge -> "edge=" + edge).orElse("");
      Place place = lookup.find(context, last.get());
      context.redirect(new Pager.Address(context.path(), filter).with(place.query()));
    };
  }
}
