package io.linkwright.httpapi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.ApiQuery;

/** Puts the pages of a long answer together. */
public final class Pages {
  /** Twice what the largest group fills with the smallest page a server would give. */
  private static final int MAX_PAGES = 10_000;

  private Pages() {}

  /**
   * Everything behind {@code path}, as the first page with the items of all in it and without
   * {@code next}.
   *
   * @param path path and query
   * @param items name of the array that goes on from page to page
   * @throws ApiException if a page is refused or does not come
   */
  public static JsonNode all(LinkwrightApi api, String path, String items) {
    ObjectNode whole = api.get(path).deepCopy();
    ArrayNode collected = whole.withArray(items);
    JsonNode next = whole.path("next");
    for (int page = 2; next.isValueNode() && !next.isNull(); page++) {
      if (page > MAX_PAGES) {
        throw new IllegalStateException("%s has more than %d pages".formatted(path, MAX_PAGES));
      }
      JsonNode more = api.get(ApiQuery.of(path).with(ApiQuery.AFTER, next.asText()).toString());
      more.path(items).forEach(collected::add);
      next = more.path("next");
    }
    whole.remove("next");
    return whole;
  }
}
