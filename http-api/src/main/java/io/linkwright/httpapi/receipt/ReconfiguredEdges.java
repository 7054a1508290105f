package io.linkwright.httpapi.receipt;

import io.linkwright.domain.id.EdgeId;
import java.util.List;

/**
 * Whom a command concerned, in string order.
 *
 * @param affectedEdges get new configuration now
 * @param awaitingEdges get nothing of it until a member enrolls
 */
public record ReconfiguredEdges(List<EdgeId> affectedEdges, List<EdgeId> awaitingEdges) {

  /** Copies the lists. */
  public ReconfiguredEdges {
    affectedEdges = List.copyOf(affectedEdges);
    awaitingEdges = List.copyOf(awaitingEdges);
  }
}
