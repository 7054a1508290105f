package io.linkwright.domain.id;

import io.linkwright.domain.text.Slug;

/** Name of an edge device: a slug, the same in every group the edge is a member of. */
public record EdgeId(String value) implements Comparable<EdgeId> {

  /**
   * Checks the slug.
   *
   * @throws IllegalArgumentException if {@code value} is not a slug; the message says what is
   *     allowed
   */
  public EdgeId {
    Slug.require(value);
  }

  @Override
  public int compareTo(EdgeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
