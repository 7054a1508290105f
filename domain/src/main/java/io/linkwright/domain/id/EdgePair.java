package io.linkwright.domain.id;

/** Two edges as a client named them: not yet known to be different or to be members. */
public record EdgePair(EdgeId edgeA, EdgeId edgeB) {

  /** Whether both are the same edge, which makes no link. */
  public boolean isLoop() {
    return edgeA.equals(edgeB);
  }

  /**
   * The link between the two.
   *
   * @throws IllegalArgumentException if both are the same edge
   */
  public LinkId link() {
    return LinkId.between(edgeA, edgeB);
  }
}
