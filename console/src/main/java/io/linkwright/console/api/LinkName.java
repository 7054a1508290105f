package io.linkwright.console.api;

import java.util.List;

/** A link's id, {@code edgeA~edgeB}, of the form that {@link Slug#ofLink} checks. */
public record LinkName(String id) {

  /** The end whose id comes first. */
  public String edgeA() {
    return id.substring(0, id.indexOf('~'));
  }

  /** The other end. */
  public String edgeB() {
    return id.substring(id.indexOf('~') + 1);
  }

  /** Both. */
  public List<String> ends() {
    return List.of(edgeA(), edgeB());
  }

  @Override
  public String toString() {
    return id;
  }
}
