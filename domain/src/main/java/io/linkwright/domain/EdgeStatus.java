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
 * @param lastError why it refused the last configuration, or what keeps links of the one it has
 *     accepted from working; empty if neither
 * @param keyChanges the links that are not settled: of every other link the edge has the newest
 *     keys up to the acknowledged revision, sends with them and has no former ones
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
    List<KeyChange> keyChanges,
    Instant reportedAt) {

  /** Copies the lists. */
  public EdgeStatus {
    tunnels = List.copyOf(tunnels);
    keyChanges = List.copyOf(keyChanges);
  }

  /** Of an edge all of whose links are settled. */
  public EdgeStatus(
      GroupId group,
      EdgeId edge,
      String connectionId,
      Instant connectedAt,
      boolean connected,
      long acknowledgedRevision,
      Optional<String> lastError,
      List<TunnelStatus> tunnels,
      Instant reportedAt) {
    this(
        group,
        edge,
        connectionId,
        connectedAt,
        connected,
        acknowledgedRevision,
        lastError,
        tunnels,
        List.of(),
        reportedAt);
  }

  /** Whether {@code next} is newer: what an older connection still says is of no interest. */
  public boolean isSupersededBy(EdgeStatus next) {
    if (connectionId.equals(next.connectionId())) {
      return !next.reportedAt().isBefore(reportedAt);
    }
    return !next.connectedAt().isBefore(connectedAt);
  }
}
