package io.linkwright.domain.group;

import io.linkwright.domain.id.GroupId;
import java.time.Instant;
import java.util.UUID;

/**
 * A topology event in its envelope, as it stands on {@code linkwright.topology}.
 *
 * @param revision of the group event that caused it
 */
public record RecordedTopologyEvent(
    UUID eventId, GroupId group, long revision, Instant occurredAt, TopologyEvent payload) {}
