package io.linkwright.console.web;

import io.javalin.http.Context;
import io.linkwright.console.api.Slug;
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

  static String link(Context context) {
    return path(context, "link", Slug::ofLink);
  }

  static Optional<String> edgeFilter(Context context) {
    return query(context, "edge").flatMap(Slug::of);
  }

  static Optional<String> afterSlug(Context context) {
    return query(context, "after").flatMap(Slug::of);
  }

  static Optional<String> afterLink(Context context) {
    return query(context, "after").flatMap(Slug::ofLink);
  }

  /** A text that somebody typed; nothing if it is blank. */
  static Optional<String> query(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name))
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

  private static String path(
      Context context, String name, Function<String, Optional<String>> form) {
    return form.apply(context.pathParam(name)).orElseThrow(NoSuchPageException::new);
  }

  /** The path leads nowhere. */
  static final class NoSuchPageException extends RuntimeException {
    NoSuchPageException() {
      super("no such page", null, false, false);
    }
  }
}
