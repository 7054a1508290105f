package io.linkwright.topology;

import io.linkwright.topology.query.EventLog;
import io.linkwright.topology.view.ChangeFeed;
import io.linkwright.topology.view.ViewClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * What the stream's processors share with each other and with the queries.
 *
 * @param clock orders changes and reads of a partition
 * @param feed tells watchers
 * @param metrics counts
 * @param groups which keys name groups of a partition
 * @param passedOver hears of records that never count
 * @param damaged knows the groups that stand still
 * @param log for a group that has to be made anew
 */
record LiveView(
    ViewClock clock,
    ChangeFeed feed,
    ViewMetrics metrics,
    GroupsHere groups,
    PassedOver passedOver,
    DamagedGroups damaged,
    EventLog log) {

  /** Of topics with that many partitions. */
  static LiveView of(int partitions, EventLog log, MeterRegistry registry, InstantSource clock) {
    return new LiveView(
        new ViewClock(),
        new ChangeFeed(),
        new ViewMetrics(registry, clock),
        new GroupsHere(partitions),
        new PassedOver(registry, clock),
        new DamagedGroups(registry),
        log);
  }
}
