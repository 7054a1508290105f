package io.linkwright.console.web;

import io.javalin.http.Context;
import io.linkwright.console.api.Slug;
import io.linkwright.console.page.EventFilter;
import io.linkwright.console.page.Place;
import io.linkwright.domain.id.LinkId;
import io.linkwright.http.QueryParameters;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request for a page names. An id in the path that has no id's form leads nowhere; one in
 * the query is left out, since links to pages are kept and typed by people.
 */
final class Parameters {
  private Parameters() {}

  static String group(Context context) {
    return path(context, "group", Slug::of);
  }

  static String edge(Context context) {
    return path(context, "edge", Slug::of);
  }

  static LinkId link(Context context) {
    return path(context, "link", Slug::ofLink);
  }

  static Optional<String> edgeFilter(Context context) {
    return query(context, "edge").flatMap(Slug::of);
  }

  static EventFilter eventFilter(Context context) {
    long until = positive(context, "until", 0);
    return new EventFilter(
        Optional.of(until).filter(revision -> revision > 0),
        query(context, "who"),
        query(context, "what"),
        edgeFilter(context));
  }

  /** Where a table of members or groups begins. */
  static Place place(Context context) {
    return place(context, Slug::of);
  }

  /** Where a table of links begins. */
  static Place placeOfLinks(Context context) {
    return place(context, text -> Slug.ofLink(text).map(LinkId::toString));
  }

  private static Place place(Context context, Function<String, Optional<String>> form) {
    return query(context, "after")
        .flatMap(form)
        .map(after -> new Place(Optional.of(after), positive(context, "from", 1)))
        .orElse(Place.START);
  }

  /** A text that somebody typed; nothing if it is blank. */
  static Optional<String> query(Context context, String name) {
    return QueryParameters.of(context)
        .text(name)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A number from 1 on; {@code fallback} for anything else. */
  static long positive(Context context, String name, long fallback) {
    try {
      return query(context, name).map(Long::parseLong).filter(n -> n > 0).orElse(fallback);
    } catch (NumberFormatException noNumber) {
      return fallback;
    }
  }

  private static <T> T path(Context context, String name, Function<String, Optional<T>> form) {
    return form.apply(context.pathParam(name)).orElseThrow(NoSuchPageException::new);
  }

  /** The path leads nowhere. */
  static final class NoSuchPageException extends RuntimeException {
    NoSuchPageException() {
      super("no such page", null, false, false);
    }
  }
}
