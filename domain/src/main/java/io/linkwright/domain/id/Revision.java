package io.linkwright.domain.id;

/** What a group's revision may be. */
public final class Revision {
  /** Readers of JSON that know doubles only still hold it exactly. */
  public static final long MAX = (1L << 53) - 1;

  private Revision() {}

  /**
   * Passes on a revision, or 0 for none.
   *
   * @throws IllegalArgumentException naming it, if no group can have that revision
   */
  public static long require(String name, long revision) {
    if (revision < 0 || revision > MAX) {
      throw new IllegalArgumentException(
          "%s %d is not within 0..%d".formatted(name, revision, MAX));
    }
    return revision;
  }
}
