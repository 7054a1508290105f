package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.TunnelStatus;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an edge in a group.
 *
 * @param opens whether nothing was said of the edge in the group on this connection before
 * @param acknowledgedRevision what the edge said it runs
 * @param lastError why it refused the last configuration, or what keeps links of the one it has
 *     accepted from working; empty if neither
 * @param keyChanges the links that are not settled
 */
public record GroupReport(
    GroupId group,
    boolean opens,
    boolean connected,
    long acknowledgedRevision,
    Optional<String> lastError,
    List<TunnelStatus> tunnels,
    List<KeyChange> keyChanges) {}
