package io.linkwright.domain.group;

/**
 * Where the log of a group went wrong first, and how. The group stands still at its last good
 * revision until it is recovered.
 */
public record GroupDamage(int partition, long offset, GroupDefect defect) {

  /** For people: what is wrong, and where. */
  public String text() {
    return "%s (partition %d, offset %d%s)"
        .formatted(
            defect.detail(),
            partition,
            offset,
            defect.revision() > 0 ? ", revision " + defect.revision() : "");
  }
}
