package io.linkwright.domain.delivery;

import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.domain.text.PlainText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One record on {@code linkwright.edge-status}: what a pusher last heard of an edge in a group.
 *
 * <p>Whose word counts follows from the order on the partition alone, never from a clock: pushers'
 * clocks differ and are set. The first record of a connection {@link #opens} it, which makes it the
 * edge's current one in the group; see {@link #counts}.
 *
 * @param connectionId names the connection
 * @param connectedAt when the edge's connection was made, by its pusher's clock; for people
 * @param opens whether this opens the connection
 * @param connected whether the connection is still open
 * @param acknowledgedRevision what the edge said it runs; 0 before its first word
 * @param lastError why it refused the last configuration, or what keeps links of the one it has
 *     accepted from working; empty if neither
 * @param tunnels at most one word on each, in order
 * @param keyChanges the links that are not settled, in order: of every other link the edge has the
 *     newest keys up to the acknowledged revision, sends with them and has no former ones
 * @param reportedAt when this was written
 */
public record EdgeStatus(
    GroupId group,
    EdgeId edge,
    String connectionId,
    Instant connectedAt,
    boolean opens,
    boolean connected,
    long acknowledgedRevision,
    Optional<String> lastError,
    List<TunnelStatus> tunnels,
    List<KeyChange> keyChanges,
    Instant reportedAt) {
  /** Characters of {@code lastError}; the rest is cut off. */
  public static final int MAX_ERROR_LENGTH = 500;

  /** Links of one edge in one group. */
  public static final int MAX_LINKS = Limits.MAX_MEMBERS;

  private static final int MAX_CONNECTION_ID_LENGTH = 64;

  /**
   * Checks what is said, brings the lists into order, makes the error plain and cuts it.
   *
   * @throws IllegalArgumentException if a revision cannot be, if a link is not of this edge or is
   *     named twice, or if there are too many
   */
  public EdgeStatus {
    connectionId = PlainText.of(connectionId, MAX_CONNECTION_ID_LENGTH);
    Revision.require("acknowledgedRevision", acknowledgedRevision);
    lastError = lastError.map(error -> PlainText.of(error, MAX_ERROR_LENGTH));
    tunnels = tunnels.stream().sorted().toList();
    keyChanges = keyChanges.stream().sorted(Comparator.comparing(KeyChange::link)).toList();
    requireSize("tunnels", tunnels.size(), Tunnel.MAX_PER_LINK * MAX_LINKS);
    requireSize("keyChanges", keyChanges.size(), MAX_LINKS);
    for (int i = 0; i < tunnels.size(); i++) {
      requireOwn(tunnels.get(i).link(), edge);
      if (i > 0 && tunnels.get(i).isOfSameTunnel(tunnels.get(i - 1))) {
        throw new IllegalArgumentException(
            "tunnel %d of %s is named twice"
                .formatted(tunnels.get(i).tunnelIndex(), tunnels.get(i).link()));
      }
    }
    for (int i = 0; i < keyChanges.size(); i++) {
      requireOwn(keyChanges.get(i).link(), edge);
      if (i > 0 && keyChanges.get(i).link().equals(keyChanges.get(i - 1).link())) {
        throw new IllegalArgumentException(
            "the keys of %s are named twice".formatted(keyChanges.get(i).link()));
      }
    }
  }

  /**
   * Of a connection that is open already or ends, and of an edge all of whose links are settled.
   */
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
        false,
        connected,
        acknowledgedRevision,
        lastError,
        tunnels,
        List.of(),
        reportedAt);
  }

  /** The same as the first word of its connection. */
  public EdgeStatus opening() {
    return new EdgeStatus(
        group,
        edge,
        connectionId,
        connectedAt,
        true,
        connected,
        acknowledgedRevision,
        lastError,
        tunnels,
        keyChanges,
        reportedAt);
  }

  /**
   * Whether this is worth more than {@code current}, the last record of the edge in the group that
   * counted and stands before this one on the partition. What a connection still says after another
   * was opened counts for nothing, until that one has ended.
   */
  public boolean counts(Optional<ConnectionWord> current) {
    return opens
        || current.isEmpty()
        || !current.get().connected()
        || current.get().connectionId().equals(connectionId);
  }

  /** What a later record is held against. */
  public ConnectionWord word() {
    return new ConnectionWord(connectionId, connected);
  }

  /**
   * What has to be remembered of a record to tell which later ones count.
   *
   * @param connected whether the connection was open still
   */
  public record ConnectionWord(String connectionId, boolean connected) {}

  private static void requireSize(String name, int actual, int max) {
    if (actual > max) {
      throw new IllegalArgumentException(
          "%s has %d, more than the allowed %d".formatted(name, actual, max));
    }
  }

  private static void requireOwn(LinkId link, EdgeId edge) {
    if (!link.joins(edge)) {
      throw new IllegalArgumentException("%s is no link of %s".formatted(link, edge));
    }
  }
}
