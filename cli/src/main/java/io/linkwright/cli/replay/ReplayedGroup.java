package io.linkwright.cli.replay;

import io.linkwright.domain.group.GroupState;
import java.time.Instant;

/**
 * A group as its events leave it. Immutable.
 *
 * @param partition that its events stand in
 * @param changedAt when the last event happened
 * @param changedBy who asked for it
 * @param sound false: an event could not follow, and those after it were not applied
 */
public record ReplayedGroup(
    GroupState state, int partition, Instant changedAt, String changedBy, boolean sound) {
  ReplayedGroup unsound() {
    return new ReplayedGroup(state, partition, changedAt, changedBy, false);
  }
}
