package io.linkwright.domain.graph;

import io.linkwright.domain.id.EdgeId;
import java.util.Set;

/** Whether two members can still reach each other over the links of their group. */
public final class Connectivity {
  private Connectivity() {}

  /** The answer to {@link #between}. */
  public sealed interface Reach {

    /** There is a path. */
    record Connected() implements Reach {}

    /**
     * There is none.
     *
     * @param side all members that one of the two can reach, itself among them: of the two sides
     *     the one with fewer links, or about as many
     */
    record Separated(Set<EdgeId> side) implements Reach {
      /** Copies the set. */
      public Separated {
        side = Set.copyOf(side);
      }
    }
  }

  /**
   * Searches from both members at once, a link of one side and a link of the other in turn, until
   * they meet or one side is exhausted. A separation therefore costs twice the links of the smaller
   * side, however large the other is, and a path costs no more than the links within its reach.
   */
  public static Reach between(Adjacency links, EdgeId one, EdgeId other) {
    if (one.equals(other)) {
      return new Reach.Connected();
    }
    try (Search fromOne = new Search(links, one);
        Search fromOther = new Search(links, other)) {
      Search turn = fromOne;
      Search next = fromOther;
      while (turn.advance()) {
        if (turn.hasMet(next)) {
          return new Reach.Connected();
        }
        Search finished = turn;
        turn = next;
        next = finished;
      }
      return new Reach.Separated(turn.reached());
    }
  }

  /** All members that this one can reach, itself among them, at the cost of their links. */
  public static Set<EdgeId> component(Adjacency links, EdgeId member) {
    try (Search search = new Search(links, member)) {
      boolean more = true;
      while (more) {
        more = search.advance();
      }
      return search.reached();
    }
  }
}
