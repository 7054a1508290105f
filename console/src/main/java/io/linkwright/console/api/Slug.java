package io.linkwright.console.api;

import io.linkwright.domain.id.LinkId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of ids. What has another form cannot exist, and never reaches a service's path. */
public final class Slug {
  private static final String FORM = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern EDGE_OR_GROUP = Pattern.compile(FORM);

  private Slug() {}

  /** A group's or an edge's id, if it has the form of one. */
  public static Optional<String> of(String text) {
    return Optional.of(text).filter(id -> EDGE_OR_GROUP.matcher(id).matches());
  }

  /** A link's id, if it has the form of one. */
  public static Optional<LinkId> ofLink(String text) {
    try {
      return Optional.of(LinkId.parse(text));
    } catch (IllegalArgumentException otherForm) {
      return Optional.empty();
    }
  }
}
