package io.linkwright.httpapi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.AnswerPage;
import io.linkwright.httpapi.answer.EventPage;

/** Puts the pages of a long answer together. */
public final class Pages {
  /** Twice what the largest group fills with the smallest page a server would give. */
  private static final int MAX_PAGES = 10_000;

  /** Most that a server gives at once. */
  public static final int MAX_ITEMS = 1_000;

  private static final String NEXT = "next";

  private Pages() {}

  /**
   * Everything behind {@code path}, as the first page with the items of all in it and without
   * {@code next}.
   *
   * @param path path and query
   * @param items name of the list that goes on from page to page
   * @throws ApiException if a page is refused or does not come
   */
  public static <P extends AnswerPage<?, ?>> Answer<P> all(
      LinkwrightApi api, String path, String items, Class<P> type) {
    ObjectNode whole = api.get(path).deepCopy();
    ArrayNode collected = whole.withArray(items);
    JsonNode next = whole.path(NEXT);
    for (int page = 2; next.isValueNode() && !next.isNull(); page++) {
      if (page > MAX_PAGES) {
        throw new IllegalStateException("%s has more than %d pages".formatted(path, MAX_PAGES));
      }
      JsonNode more = api.get(ApiQuery.of(path).with(ApiQuery.AFTER, next.asText()).toString());
      more.path(items).forEach(collected::add);
      next = more.path(NEXT);
    }
    whole.remove(NEXT);
    return api.understood(whole, type);
  }

  /**
   * Events from a revision on, at most {@code limit} of them, as one page: with {@code next} if
   * there are more.
   *
   * @throws ApiException if a page is refused or does not come
   */
  public static Answer<EventPage> events(LinkwrightApi api, String path, long from, int limit) {
    ObjectNode whole = eventsPage(api, path, from, limit).deepCopy();
    ArrayNode events = whole.withArray(EventPage.ITEMS);
    while (whole.hasNonNull(NEXT) && events.size() < limit) {
      JsonNode more = eventsPage(api, path, whole.path(NEXT).asLong(), limit - events.size());
      more.path(EventPage.ITEMS).forEach(events::add);
      whole.set(NEXT, more.path(NEXT));
    }
    return api.understood(whole, EventPage.class);
  }

  private static JsonNode eventsPage(LinkwrightApi api, String path, long from, int limit) {
    return api.get(
        ApiQuery.of(path)
            .with(ApiQuery.FROM, from)
            .with(ApiQuery.LIMIT, Math.min(limit, MAX_ITEMS))
            .toString());
  }
}
