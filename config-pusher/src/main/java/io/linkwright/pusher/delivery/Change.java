package io.linkwright.pusher.delivery;

import io.linkwright.domain.EdgeConfigKey;

/**
 * A record of an edge was written or removed; {@link DesiredConfiguration} shows it already.
 *
 * @param revision of the record; 0 if it carried none
 */
public record Change(EdgeConfigKey key, long revision) {}
