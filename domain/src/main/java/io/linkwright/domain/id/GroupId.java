package io.linkwright.domain.id;

import io.linkwright.domain.text.Slug;

/** Name of a peering group: a slug, unique in the installation. */
public record GroupId(String value) implements Comparable<GroupId> {

  /**
   * Checks the slug.
   *
   * @throws IllegalArgumentException if {@code value} is not a slug; the message says what is
   *     allowed
   */
  public GroupId {
    Slug.require(value);
  }

  @Override
  public int compareTo(GroupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
