package io.linkwright.httpapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path with the parameters of its query. Immutable. */
public final class ApiQuery {
  /** The last item of the page before. */
  public static final String AFTER = "after";

  /** Only the links of this member. */
  public static final String EDGE = "edge";

  /** The first revision of a page of events. */
  public static final String FROM = "from";

  /** Items of a page at most. */
  public static final String LIMIT = "limit";

  /** What is shown is of this revision or a later one. */
  public static final String MIN_REVISION = "minRevision";

  /** {@code true}: decide and answer, and change nothing. */
  public static final String DRY_RUN = "dryRun";

  private final String text;

  private ApiQuery(String text) {
    this.text = text;
  }

  /** A path, which may have a query. */
  public static ApiQuery of(String path) {
    return new ApiQuery(path);
  }

  /** The same with one parameter more. */
  public ApiQuery with(String name, Object value) {
    String encoded = URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    return new ApiQuery(text + (text.indexOf('?') < 0 ? "?" : "&") + name + "=" + encoded);
  }

  /** Path and query. */
  @Override
  public String toString() {
    return text;
  }
}
