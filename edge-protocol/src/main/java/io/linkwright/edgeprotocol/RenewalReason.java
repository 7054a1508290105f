package io.linkwright.edgeprotocol;

/** Why an edge must not go on with keys. */
public enum RenewalReason {
  /** The kernel has booted since they were installed: it counts from the beginning again. */
  BOOT("boot"),
  /** They were installed, and somebody has taken them out of the kernel. */
  LOST("lost"),
  /** They have carried as much as the group allows. */
  LIMIT("limit");

  private final String label;

  RenewalReason(String label) {
    this.label = label;
  }

  /** The name on the wire. */
  public String label() {
    return label;
  }

  /**
   * Reads the wire's name.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static RenewalReason parse(String text) {
    for (RenewalReason reason : values()) {
      if (reason.label.equals(text)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("must be boot, lost or limit");
  }
}
