package io.linkwright.pusher.store;

import io.linkwright.domain.delivery.EdgeConfigKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A record of {@code linkwright.edge-config} as it came from the log, its value not decoded.
 *
 * @param revision from the record's header; empty if another writer left it out
 * @param value empty for a tombstone
 */
public record ConfigRecord(EdgeConfigKey key, OptionalLong revision, Optional<byte[]> value) {}
