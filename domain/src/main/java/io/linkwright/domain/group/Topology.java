package io.linkwright.domain.group;

import io.linkwright.domain.text.Labels;

/** Who decides which pairs of a group are linked. */
public enum Topology {
  /** Links are added and removed by hand. */
  PARTIAL_MESH("partial-mesh"),
  /** Every pair is linked, automatically. */
  MESH("mesh"),
  /** Every other member is linked to the hub, automatically. */
  HUB_SPOKE("hub-spoke");

  private final String label;

  Topology(String label) {
    this.label = label;
  }

  /** The name in the API: {@code partial-mesh}, {@code mesh} or {@code hub-spoke}. */
  public String label() {
    return label;
  }

  /** Whether the links follow from the members, so that nobody adds or removes one by hand. */
  public boolean isAutomatic() {
    return this != PARTIAL_MESH;
  }

  /**
   * Reads the API's name.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static Topology parse(String text) {
    return Labels.find(values(), Topology::label, text);
  }
}
