package io.linkwright.domain.group;

import io.linkwright.domain.text.Labels;

/** What becomes of a revoked member's links. */
public enum RevokedLinks {
  /** They stay, without keys, and come to life again when the member enrolls anew. */
  KEEP("keep"),
  /** They go. Not in automatic topologies, where they follow from the members. */
  REMOVE("remove");

  private final String label;

  RevokedLinks(String label) {
    this.label = label;
  }

  /** The name in the API. */
  public String label() {
    return label;
  }

  /**
   * Reads the API's name.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static RevokedLinks parse(String text) {
    return Labels.find(values(), RevokedLinks::label, text);
  }
}
