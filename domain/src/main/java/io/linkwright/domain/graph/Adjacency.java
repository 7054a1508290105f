package io.linkwright.domain.graph;

import io.linkwright.domain.id.EdgeId;
import java.util.stream.Stream;

/**
 * The links of one group, read one by one: a port that a store of small records can stand behind,
 * with one record for each link and end and a prefix scan for each call.
 */
@FunctionalInterface
public interface Adjacency {

  /**
   * The members that this one is linked to, each once, in any order. Read lazily and seldom to the
   * end, so that a member with many links costs no more than what is looked at. Whoever asks closes
   * the stream.
   */
  Stream<EdgeId> neighbours(EdgeId member);

  /** Whether a member has no link: one seek. */
  default boolean isIsolated(EdgeId member) {
    try (Stream<EdgeId> neighbours = neighbours(member)) {
      return neighbours.findFirst().isEmpty();
    }
  }
}
