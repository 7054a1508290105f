package io.linkwright.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One record on {@code linkwright.edge-status}: what a pusher last heard of an edge in a group.
 *
 * @param connectionId names the connection; a record of an older connection ends nothing of a newer
 * @param connectedAt when the edge's connection was made: the later connection counts
 * @param acknowledgedRevision what the edge said it runs; 0 before its first word
 * @param lastError why it refused the last configuration; empty once it has accepted one
 * @param reportedAt when this was written
 */
public record EdgeStatus(
    GroupId group,
    EdgeId edge,
    String connectionId,
    Instant connectedAt,
    boolean connected,
    long acknowledgedRevision,
    Optional<String> lastError,
    List<TunnelStatus> tunnels,
    Instant reportedAt) {

  /** Copies the list. */
  public EdgeStatus {
    tunnels = List.copyOf(tunnels);
  }
}
